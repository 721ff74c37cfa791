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
    private final TrainingClock clock;

    private TrainingState state;

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
        clock = new TrainingClock(request.steps(), request.minutes(), state.progress);
    }

    TimbreTrainer.Result run() throws IOException {
        while (!clock.done()) {
            double rate = learningRate();
            double loss = step(rate);
            clock.measure();
            listener.step(clock.step(), loss, clock.share(), clock.secondsLeft());
            if (clock.step() % config.checkpointSteps() == 0 || clock.done()) {
                save(rate);
            }
        }
        TrainingState.Progress progress = state.progress;
        return new TimbreTrainer.Result(clock.result(progress.bestLoss(), progress.bestStep()), data.skipped());
    }

    private double step(double learningRate) {
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + clock.step());
        TimbreClip[] crops = new TimbreClip[config.batch()];
        for (int b = 0; b < crops.length; b++) {
            crops[b] = data.draw(random, cropFrames, config.hop(), silenceDb)
                    .scaled(config.levelJitterDb() * (2.0 * random.nextDouble() - 1.0));
        }
        TimbreStep.Gradient gradient = stepper.gradient(state.weights, crops, contextFrames, random.nextInt());
        double norm = state.adam.update(state.weights, gradient.gradients(), learningRate, config.clipNorm());
        clock.stepped(gradient.loss(), Double.isFinite(norm));
        if (Double.isFinite(norm)) {
            state.average.approach(state.weights, (float) Math.max(1.0 - config.averageDecay(), 1.0 / clock.step()));
        }
        return gradient.loss();
    }

    private void save(double learningRate) throws IOException {
        LossPoint point = new LossPoint(
                clock.step(), clock.minutes(), clock.takeMeanLoss(), checkpoint.validate(state.average), learningRate);
        TrainingState.Progress progress = checkpoint.save(state, point, clock.skippedSteps());
        listener.checkpoint(point, progress.bestStep() == clock.step());
        state = new TrainingState(state.weights, state.average, state.adam, progress);
        clock.measure();
    }

    private double learningRate() {
        double decayed = config.learningRate() * Math.pow(config.finalLearningRate() / config.learningRate(), clock.share());
        return decayed * Math.min(1.0, (clock.step() + 1.0) / WARM_UP_STEPS);
    }
}
