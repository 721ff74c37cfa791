package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingResult;

/** The loop of a training job: draw, step, move the codebook, now and then a checkpoint. */
final class VqVaeLoop {
    private final VqVaeTrainer.Request request;
    private final VqVaeTrainingConfig config;
    private final VqVaeTrainer.Listener listener;
    private final MusicSet music;
    private final VqVaeStep stepper;
    private final VqVaeCheckpoint checkpoint;
    private final VqVaeState state;
    private final long firstStep;
    private final double secondsBefore;
    private final long startNanos = System.nanoTime();

    private double lossSum;
    private int lossCount;

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
        firstStep = state.step;
        secondsBefore = state.seconds;
    }

    TrainingResult run() throws IOException {
        while (done() < 1) {
            double rate = learningRate();
            double loss = step(rate);
            measureTime();
            double share = done();
            listener.step(state.step, loss, share, state.seconds / share * (1 - share));
            if (share >= 1 || state.step % config.checkpointSteps() == 0) {
                save(rate);
            }
        }
        double perStep = state.step == firstStep ? 0 : (state.seconds - secondsBefore) / (state.step - firstStep);
        return new TrainingResult(
                state.step, state.seconds / 60, state.bestLoss, state.bestStep, perStep, state.skippedSteps);
    }

    private double done() {
        return request.steps() > 0 ? (double) state.step / request.steps() : state.seconds / (60 * request.minutes());
    }

    private void save(double rate) throws IOException {
        VqVaeCheckpoint.Judgement judgement = checkpoint.validate(state);
        LossPoint point = new LossPoint(
                state.step, state.seconds / 60, lossSum / Math.max(1, lossCount), judgement.loss(), rate);
        boolean best = checkpoint.judge(state, point);
        checkpoint.save(state);
        listener.checkpoint(point, judgement.convergenceDb(), judgement.used(), judgement.entropyBits(), best);
        lossSum = 0;
        lossCount = 0;
        measureTime();
    }

    private double step(double rate) {
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + state.step);
        int crops = config.batch();
        float[] audio = music.draw(crops, config.cropFrames(), random);
        boolean rounding = state.step >= config.unroundedSteps();
        if (state.step == 0 || state.step == config.unroundedSteps()) {
            fillCodebook(audio, random);
        }
        VqVaeStep.Lesson lesson = rounding
                ? stepper.learn(state.weights, state.codebook, audio, crops)
                : stepper.learnUnrounded(state.weights, audio, crops);
        double clip = config.clipNorm() > 0 ? config.clipNorm() : Double.MAX_VALUE;
        double norm = state.adam.update(state.weights, lesson.gradients(), rate, clip);
        state.step++;
        if (Double.isFinite(norm)) {
            if (rounding) {
                moveCodebook(lesson, random);
            }
            // A fresh average would still be of random weights after hundreds of steps.
            double decay = Math.min(config.averageDecay(), (1.0 + state.step) / (10.0 + state.step));
            state.average.approach(state.weights, (float) (1 - decay));
            lossSum += lesson.loss();
            lossCount++;
        } else {
            state.skippedSteps++;
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

    private void measureTime() {
        state.seconds = secondsBefore + (System.nanoTime() - startNanos) / 1e9;
    }

    private double learningRate() {
        double warm = config.warmUpSteps() == 0 ? 1 : Math.min(1, (state.step + 1.0) / config.warmUpSteps());
        return warm * config.learningRate() * Math.pow(config.finalLearningRate() / config.learningRate(), Math.min(1, done()));
    }
}
