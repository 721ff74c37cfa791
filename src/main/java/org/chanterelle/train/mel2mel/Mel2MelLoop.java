package org.chanterelle.train.mel2mel;

import org.chanterelle.train.TrainingResult;
import java.io.IOException;
import java.util.SplittableRandom;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TrainingState;

/** The loop of a training job: draw, step, now and then a checkpoint, until the steps or minutes asked for are done. */
final class Mel2MelLoop {
    private final Mel2MelTrainer.Request request;
    private final Mel2MelTrainingConfig config;
    private final Mel2MelTrainer.Listener listener;
    private final Mel2MelData data;
    private final Mel2MelStep stepper;
    private final Mel2MelCheckpoint checkpoint;
    private final long firstStep;
    private final double secondsBefore;
    private final long startNanos = System.nanoTime();

    private TrainingState state;
    private long step;
    private long skippedSteps;
    private double seconds;
    private double lossSum;
    private int lossCount;

    Mel2MelLoop(Mel2MelTrainer.Request request, Mel2MelTrainer.Listener listener, Mel2MelData data, Mel2MelStep stepper,
            Mel2MelCheckpoint checkpoint, TrainingState state) {
        this.request = request;
        this.config = request.config();
        this.listener = listener;
        this.data = data;
        this.stepper = stepper;
        this.checkpoint = checkpoint;
        this.state = state;
        step = firstStep = state.progress.step();
        seconds = secondsBefore = state.progress.seconds();
        skippedSteps = state.progress.skippedSteps();
    }

    TrainingResult run() throws IOException {
        while (share() < 1.0) {
            double rate = config.rate(step, share());
            double loss = step(rate);
            measureTime();
            listener.step(step, loss, share(), secondsLeft());
            if (step % config.checkpointSteps() == 0 || share() >= 1.0) {
                save(rate);
            }
        }
        TrainingState.Progress progress = state.progress;
        double perStep = step == firstStep ? 0 : secondsPerStep();
        return new TrainingResult(
                step, seconds / 60, progress.bestLoss(), progress.bestStep(), perStep, skippedSteps);
    }

    private double step(double rate) {
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + step);
        Mel2MelStep.Gradient gradient = stepper.gradient(state.weights, data.draw(random, config.batch(), config.frames()));
        double clip = config.clipNorm() > 0 ? config.clipNorm() : Double.MAX_VALUE;
        double norm = state.adam.update(state.weights, gradient.gradients(), rate, clip);
        step++;
        if (Double.isFinite(norm)) {
            double share = Math.max(1.0 - config.averageDecay(), 1.0 / step);
            state.average.approach(state.weights, (float) share);
            lossSum += gradient.loss();
            lossCount++;
        } else {
            skippedSteps++;
        }
        return gradient.loss();
    }

    private void save(double rate) throws IOException {
        Parameters judged = state.average;
        LossPoint point = new LossPoint(
                step, seconds / 60, lossSum / Math.max(1, lossCount), checkpoint.validate(judged), rate);
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
}
