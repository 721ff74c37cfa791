package org.chanterelle.train.mel2mel;

import org.chanterelle.train.TrainingClock;
import org.chanterelle.train.TrainingResult;
import java.io.IOException;
import java.util.SplittableRandom;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingState;

/** The loop of a training job: draw, step, now and then a checkpoint, until the steps or minutes asked for are done. */
final class Mel2MelLoop {
    private final Mel2MelTrainer.Request request;
    private final Mel2MelTrainingConfig config;
    private final Mel2MelTrainer.Listener listener;
    private final Mel2MelData data;
    private final Mel2MelStep stepper;
    private final Mel2MelCheckpoint checkpoint;
    private final TrainingClock clock;

    private TrainingState state;

    Mel2MelLoop(Mel2MelTrainer.Request request, Mel2MelTrainer.Listener listener, Mel2MelData data, Mel2MelStep stepper,
            Mel2MelCheckpoint checkpoint, TrainingState state) {
        this.request = request;
        this.config = request.config();
        this.listener = listener;
        this.data = data;
        this.stepper = stepper;
        this.checkpoint = checkpoint;
        this.state = state;
        clock = new TrainingClock(request.steps(), request.minutes(), state.progress);
    }

    TrainingResult run() throws IOException {
        while (!clock.done()) {
            double rate = config.rate(clock.step(), clock.share());
            double loss = step(rate);
            clock.measure();
            listener.step(clock.step(), loss, clock.share(), clock.secondsLeft());
            if (clock.step() % config.checkpointSteps() == 0 || clock.done()) {
                save(rate);
            }
        }
        return clock.result(state.progress.bestLoss(), state.progress.bestStep());
    }

    private double step(double rate) {
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + clock.step());
        Mel2MelStep.Gradient gradient = stepper.gradient(state.weights, data.draw(random, config.batch(), config.frames()));
        double clip = config.clipNorm() > 0 ? config.clipNorm() : Double.MAX_VALUE;
        double norm = state.adam.update(state.weights, gradient.gradients(), rate, clip);
        clock.stepped(gradient.loss(), Double.isFinite(norm));
        if (Double.isFinite(norm)) {
            double share = Math.max(1.0 - config.averageDecay(), 1.0 / clock.step());
            state.average.approach(state.weights, (float) share);
        }
        return gradient.loss();
    }

    private void save(double rate) throws IOException {
        LossPoint point = new LossPoint(
                clock.step(), clock.minutes(), clock.takeMeanLoss(), checkpoint.validate(state.average), rate);
        TrainingState.Progress progress = checkpoint.save(state, point, clock.skippedSteps());
        listener.checkpoint(point, progress.bestStep() == clock.step());
        state = new TrainingState(state.weights, state.average, state.adam, progress);
        clock.measure();
    }
}
