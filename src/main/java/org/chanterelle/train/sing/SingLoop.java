package org.chanterelle.train.sing;

import org.chanterelle.train.TrainingResult;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.sing.SingNotes.Symbols;

/** The loop of a training job: stage after stage, draw, step, now and then a checkpoint. */
final class SingLoop {
    private final SingTrainingConfig config;
    private final SingTrainer.Listener listener;
    private final SingNotes notes;
    private final SingStep stepper;
    private final SingCheckpoint checkpoint;
    private final SingState state;
    private final SingPlan plan;
    private final long firstStep;
    private final double secondsBefore;
    private final long startNanos = System.nanoTime();

    private double lossSum;
    private int lossCount;

    SingLoop(
            SingTrainer.Request request, SingTrainer.Listener listener, SingNotes notes, SingStep stepper,
            SingCheckpoint checkpoint, SingState state) {
        this.config = request.config();
        this.listener = listener;
        this.notes = notes;
        this.stepper = stepper;
        this.checkpoint = checkpoint;
        this.state = state;
        this.plan = new SingPlan(request);
        firstStep = state.step;
        secondsBefore = state.seconds;
    }

    TrainingResult run() throws IOException {
        skipEmptyStages();
        while (plan.done(state) < 1) {
            double rate = learningRate();
            double loss = step(rate);
            measureTime();
            double share = plan.doneInAll(state);
            double spent = state.seconds - secondsBefore;
            listener.step(state.stage, state.step, loss, share, share > 0 ? state.seconds / share * (1 - share) : spent);
            boolean ends = plan.done(state) >= 1;
            if (ends || state.stageStep % config.checkpointSteps() == 0) {
                save(rate, ends);
            }
        }
        double perStep = state.step == firstStep ? 0 : (state.seconds - secondsBefore) / (state.step - firstStep);
        return new TrainingResult(
                state.step, state.seconds / 60, state.bestLoss, state.bestStep, perStep, state.skippedSteps);
    }

    private void skipEmptyStages() {
        while (plan.done(state) >= 1 && !state.stage.isLast()) {
            state.begin(state.stage.next());
        }
    }

    private void save(double rate, boolean ends) throws IOException {
        LossPoint point = new LossPoint(state.step, state.seconds / 60, lossSum / Math.max(1, lossCount),
                checkpoint.validate(state), rate);
        SingStage stage = state.stage;
        boolean best = checkpoint.judge(state, point);
        if (ends) {
            skipEmptyStages();
        }
        checkpoint.save(state, stage);
        listener.checkpoint(stage, point, best);
        lossSum = 0;
        lossCount = 0;
        measureTime();
    }

    private double step(double rate) {
        SingTrainingConfig.Stage settings = config.stage(state.stage);
        List<NoteEntry> batch = notes.draw(state.stageStep, settings.batch(), config.seed() + state.stage.ordinal());
        float[] audio = notes.audio(batch);
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + state.step);
        double loss = switch (state.stage) {
            case AUTOENCODER -> autoencoder(audio, batch.size(), settings.cropFrames(), random, rate);
            case SEQUENCE -> state.config.carriers()
                    ? endToEnd(notes.symbols(batch), audio, settings.cropFrames(), random, rate)
                    : sequence(notes.symbols(batch), audio, rate);
            case END_TO_END -> endToEnd(notes.symbols(batch), audio, settings.cropFrames(), random, rate);
        };
        state.step++;
        state.stageStep++;
        if (Double.isFinite(loss)) {
            lossSum += loss;
            lossCount++;
        }
        return loss;
    }

    private double autoencoder(float[] audio, int clips, int cropFrames, SplittableRandom random, double rate) {
        int count = cropFrames == 0 ? state.config.frames() : cropFrames;
        int first = random.nextInt(state.config.frames() - count + 1);
        return update(stepper.autoencoder(state.learned, stepper.crop(audio, clips, first, count), clips), rate);
    }

    /** As published, one update after each stretch of control frames; the memory goes on, the gradient does not. */
    private double sequence(Symbols symbols, float[] audio, double rate) {
        float[] wanted = stepper.encode(
                state.weights.only(name -> name.startsWith(SingConfig.ENCODER)), audio, symbols.size());
        SingStep.Memory memory = new SingStep.Memory();
        double sum = 0;
        for (int first = 0; first < state.config.frames(); first += config.truncationFrames()) {
            int count = Math.min(config.truncationFrames(), state.config.frames() - first);
            sum += count * update(stepper.sequence(state.learned, symbols, wanted, first, count, memory), rate);
        }
        return sum / state.config.frames();
    }

    /** With carriers the second stage as well: a phase that nobody hears is nothing to learn. The decoder is held then. */
    private double endToEnd(Symbols symbols, float[] audio, int cropFrames, SplittableRandom random, double rate) {
        int count = cropFrames == 0 ? state.config.frames() : cropFrames;
        int first = random.nextInt(state.config.frames() - count + 1);
        int back = cropFrames == 0 ? state.config.frames() : config.truncationFrames();
        Parameters held = state.weights.only(name -> name.startsWith(SingConfig.DECODER) && !state.stage.learns(name));
        return update(stepper.endToEnd(state.learned, held, symbols, audio, first, count, back), rate);
    }

    private double update(SingStep.Gradient gradient, double rate) {
        double clip = config.clipNorm() > 0 ? config.clipNorm() : Double.MAX_VALUE;
        double norm = state.adam.update(state.learned, gradient.gradients(), rate, clip);
        if (!Double.isFinite(norm)) {
            state.skippedSteps++;
        }
        return gradient.loss();
    }

    private void measureTime() {
        state.seconds = secondsBefore + (System.nanoTime() - startNanos) / 1e9;
    }

    private double learningRate() {
        SingTrainingConfig.Stage stage = config.stage(state.stage);
        return stage.learningRate() * Math.pow(stage.finalLearningRate() / stage.learningRate(), plan.done(state));
    }
}
