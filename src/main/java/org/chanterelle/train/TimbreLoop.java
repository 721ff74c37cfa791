package org.chanterelle.train;

import java.io.IOException;
import java.util.SplittableRandom;

/** The loop of a training job: draw, step, now and then a checkpoint, until the steps or minutes asked for are done. */
final class TimbreLoop {
    private static final int WARM_UP_STEPS = 100;

    private final TimbreTrainer.Request request;
    private final TrainingConfig config;
    private final TimbreTrainer.Listener listener;
    private final TimbreDataset data;
    private final TimbreStep stepper;
    private final TimbreCheckpoint checkpoint;
    private final int contextFrames;
    private final int cropFrames;
    private final float silenceDb;
    private final long firstStep;
    private final double secondsBefore;
    private final long startNanos = System.nanoTime();

    private TrainingState state;
    private long step;
    private long skippedSteps;
    private double seconds;
    private double lossSum;
    private int lossCount;

    TimbreLoop(
            TimbreTrainer.Request request, TimbreTrainer.Listener listener, TimbreDataset data, TimbreStep stepper,
            TimbreCheckpoint checkpoint, TrainingState state) {
        this.request = request;
        this.config = request.config();
        this.listener = listener;
        this.data = data;
        this.stepper = stepper;
        this.checkpoint = checkpoint;
        this.state = state;
        double controlRateHz = config.network().controlRateHz();
        contextFrames = (int) Math.round(config.contextSeconds() * controlRateHz);
        cropFrames = contextFrames + (int) Math.round(config.cropSeconds() * controlRateHz);
        silenceDb = data.silenceDb();
        step = firstStep = state.progress.step();
        seconds = secondsBefore = state.progress.seconds();
        skippedSteps = state.progress.skippedSteps();
    }

    TimbreTrainer.Result run() throws IOException {
        while (share() < 1.0) {
            double rate = learningRate();
            double loss = step(rate);
            measureTime();
            listener.step(step, loss, share(), secondsLeft());
            if (step % config.checkpointSteps() == 0 || share() >= 1.0) {
                save(rate);
            }
        }
        TrainingState.Progress progress = state.progress;
        double perStep = step == firstStep ? 0 : secondsPerStep();
        TrainingResult result = new TrainingResult(
                step, seconds / 60.0, progress.bestLoss(), progress.bestStep(), perStep, skippedSteps);
        return new TimbreTrainer.Result(result, data.skipped());
    }

    private double step(double learningRate) {
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + step);
        TimbreClip[] crops = new TimbreClip[config.batch()];
        for (int b = 0; b < crops.length; b++) {
            crops[b] = data.draw(random, cropFrames, config.hop(), silenceDb)
                    .scaled(config.levelJitterDb() * (2.0 * random.nextDouble() - 1.0));
        }
        TimbreStep.Gradient gradient = stepper.gradient(state.weights, crops, contextFrames, random.nextInt());
        double norm = state.adam.update(state.weights, gradient.gradients(), learningRate, config.clipNorm());
        step++;
        if (Double.isFinite(norm)) {
            state.average.approach(state.weights, (float) Math.max(1.0 - config.averageDecay(), 1.0 / step));
            lossSum += gradient.loss();
            lossCount++;
        } else {
            skippedSteps++;
        }
        return gradient.loss();
    }

    private void save(double learningRate) throws IOException {
        double trainLoss = lossSum / Math.max(1, lossCount);
        LossPoint point = new LossPoint(step, seconds / 60.0, trainLoss, checkpoint.validate(state.average), learningRate);
        TrainingState.Progress progress = checkpoint.save(state, point, skippedSteps);
        listener.checkpoint(point, progress.bestStep() == step);
        state = new TrainingState(state.weights, state.average, state.adam, progress);
        lossSum = 0;
        lossCount = 0;
        measureTime();
    }

    private void measureTime() {
        seconds = secondsBefore + (System.nanoTime() - startNanos) / 1e9;
    }

    private double share() {
        return Math.min(1.0, request.steps() > 0 ? (double) step / request.steps() : seconds / (60.0 * request.minutes()));
    }

    private double secondsPerStep() {
        return (seconds - secondsBefore) / (step - firstStep);
    }

    private double secondsLeft() {
        return request.steps() > 0
                ? (request.steps() - step) * secondsPerStep()
                : Math.max(0, 60.0 * request.minutes() - seconds);
    }

    private double learningRate() {
        double decayed = config.learningRate() * Math.pow(config.finalLearningRate() / config.learningRate(), share());
        return decayed * Math.min(1.0, (step + 1.0) / WARM_UP_STEPS);
    }
}
