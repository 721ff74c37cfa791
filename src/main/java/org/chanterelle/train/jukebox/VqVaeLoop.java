package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingClock;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.TrainingState;

/** The loop of a training job: draw, step, move the codebook, now and then a checkpoint. */
final class VqVaeLoop {
    private final VqVaeTrainer.Request request;
    private final VqVaeTrainingConfig config;
    private final VqVaeTrainer.Listener listener;
    private final MusicSet music;
    private final VqVaeStep stepper;
    private final VqVaeCheckpoint checkpoint;
    private final VqVaeState state;
    private final TrainingClock clock;
    private final List<LossPoint> curve;

    private double bestLoss;
    private long bestStep;

    VqVaeLoop(
            VqVaeTrainer.Request request, VqVaeTrainer.Listener listener, MusicSet music, VqVaeStep stepper,
            VqVaeCheckpoint checkpoint, VqVaeState state) {
        this.request = request;
        this.config = request.config();
        this.listener = listener;
        this.music = music;
        this.stepper = stepper;
        this.checkpoint = checkpoint;
        this.state = state;
        clock = new TrainingClock(request.steps(), request.minutes(), state.progress);
        bestLoss = state.progress.bestLoss();
        bestStep = state.progress.bestStep();
        curve = new ArrayList<>(state.progress.curve());
    }

    TrainingResult run() throws IOException {
        while (!clock.done()) {
            double rate = learningRate();
            double loss = step(rate);
            clock.measure();
            listener.step(clock.step(), loss, clock.share(), clock.secondsLeft());
            if (clock.done() || clock.step() % config.checkpointSteps() == 0) {
                save(rate);
            }
        }
        return clock.result(bestLoss, bestStep);
    }

    private void save(double rate) throws IOException {
        VqVaeCheckpoint.Judgement judgement = checkpoint.validate(state);
        LossPoint point = new LossPoint(clock.step(), clock.minutes(), clock.takeMeanLoss(), judgement.loss(), rate);
        curve.add(point);
        boolean best = point.validLoss() < bestLoss;
        if (best) {
            bestLoss = point.validLoss();
            bestStep = point.step();
            checkpoint.writeModel(state, point);
        }
        checkpoint.save(state.at(new TrainingState.Progress(
                clock.step(), 60 * clock.minutes(), bestLoss, bestStep, clock.skippedSteps(), curve)));
        listener.checkpoint(point, judgement.convergenceDb(), judgement.used(), judgement.entropyBits(), best);
        clock.measure();
    }

    private double step(double rate) {
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + clock.step());
        int crops = config.batch();
        float[] audio = music.draw(crops, config.cropFrames(), random);
        boolean rounding = state.fromTrained || clock.step() >= config.unroundedSteps();
        if (!state.fromTrained && (clock.step() == 0 || clock.step() == config.unroundedSteps())) {
            fillCodebook(audio, random);
        }
        VqVaeStep.Lesson lesson = rounding
                ? stepper.learn(state.weights, state.codebook, audio, crops)
                : stepper.learnUnrounded(state.weights, audio, crops);
        double clip = config.clipNorm() > 0 ? config.clipNorm() : Double.MAX_VALUE;
        double norm = state.adam.update(state.weights, lesson.gradients(), rate, clip);
        clock.stepped(lesson.loss(), Double.isFinite(norm));
        if (Double.isFinite(norm)) {
            if (rounding) {
                moveCodebook(lesson, random);
            }
            // A fresh average would still be of random weights after hundreds of steps.
            double decay = Math.min(config.averageDecay(), (1.0 + clock.step()) / (10.0 + clock.step()));
            state.average.approach(state.weights, (float) (1 - decay));
        }
        return lesson.loss();
    }

    /** With outputs of this batch and, where they are fewer than the codes, of others. */
    private void fillCodebook(float[] audio, SplittableRandom random) {
        Codebook codebook = state.codebook;
        float[] rows = stepper.encode(state.weights, audio, config.batch());
        int once = rows.length;
        int batches = (codebook.vectors().length + once - 1) / once;
        rows = Arrays.copyOf(rows, batches * once);
        for (int batch = 1; batch < batches; batch++) {
            float[] more = music.draw(config.batch(), config.cropFrames(), random);
            System.arraycopy(stepper.encode(state.weights, more, config.batch()), 0, rows, batch * once, once);
        }
        float[] fresh = FreshVectors.draw(rows, state.config.codes(), state.config.embedding(), random);
        System.arraycopy(fresh, 0, codebook.vectors(), 0, fresh.length);
        System.arraycopy(fresh, 0, codebook.sums(), 0, fresh.length);
        Arrays.fill(codebook.counts(), 1f);
    }

    private void moveCodebook(VqVaeStep.Lesson lesson, SplittableRandom random) {
        float[] fresh = config.restarts()
                ? FreshVectors.draw(lesson.rows(), state.config.codes(), state.config.embedding(), random)
                : null;
        state.codebook.update(lesson.rows(), lesson.codes(), fresh, config.codebookDecay(), config.restartUse());
    }

    private double learningRate() {
        double warm = config.warmUpSteps() == 0 ? 1 : Math.min(1, (clock.step() + 1.0) / config.warmUpSteps());
        return warm * config.learningRate() * Math.pow(config.finalLearningRate() / config.learningRate(), clock.share());
    }
}
