package org.chanterelle.train.vocoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.vocoder.VocoderCard;
import org.chanterelle.train.LossCurve;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingClock;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.TrainingState;
import org.chanterelle.train.vocoder.VocoderTrainingConfig.Kind;

/** The loop of a training job: draw, step, now and then a checkpoint with the model beside it. */
final class VocoderLoop {
    private static final double AVERAGE_SHARE = 0.005;

    private final VocoderTrainer.Request request;
    private final VocoderTrainingConfig config;
    private final VocoderTrainer.Listener listener;
    private final VocoderData data;
    private final VocoderStep stepper;
    private final Path folder;
    private final TrainingState state;
    private final TrainingClock clock;
    private final List<LossPoint> curve;

    private double bestLoss;
    private long bestStep;

    VocoderLoop(
            VocoderTrainer.Request request, VocoderTrainer.Listener listener, VocoderData data, VocoderStep stepper, Path folder,
            TrainingState state) {
        this.request = request;
        this.listener = listener;
        this.data = data;
        this.stepper = stepper;
        this.folder = folder;
        this.state = state;
        config = request.config();
        clock = new TrainingClock(request.steps(), request.minutes(), state.progress);
        bestLoss = state.progress.bestLoss();
        bestStep = state.progress.bestStep();
        curve = new ArrayList<>(state.progress.curve());
    }

    TrainingResult run() throws IOException {
        while (!clock.done()) {
            double rate = config.learningRate() * Math.pow(config.finalLearningRate() / config.learningRate(), clock.share());
            double loss = step(rate);
            clock.measure();
            listener.step(clock.step(), loss, clock.share(), clock.secondsLeft());
            if (clock.done() || clock.step() % config.checkpointSteps() == 0) {
                save(rate);
            }
        }
        return clock.result(bestLoss, bestStep);
    }

    private double step(double rate) {
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + clock.step());
        VocoderStep.Gradient gradient = stepper.step(state.weights, clock.share(), random);
        double norm = state.adam.update(state.weights, gradient.gradients(), rate, config.clipNorm());
        clock.stepped(gradient.loss(), Double.isFinite(norm));
        if (Double.isFinite(norm)) {
            // Faster in the beginning, so that the first draw is forgotten.
            state.average.approach(state.weights, (float) Math.max(AVERAGE_SHARE, 1.0 / (clock.step() + 1)));
        }
        return gradient.loss();
    }

    private void save(double rate) throws IOException {
        LossPoint point = new LossPoint(
                clock.step(), clock.minutes(), clock.takeMeanLoss(), stepper.validate(state.average), rate);
        curve.add(point);
        LossCurve.write(folder, "loss", "Loss of the vocoder", curve);
        boolean best = point.validLoss() < bestLoss;
        if (best) {
            bestLoss = point.validLoss();
            bestStep = point.step();
        }
        // A critic raises the spectral loss and lowers what it does not measure: the last weights count.
        boolean last = request.kind() == Kind.PARALLEL && config.adversarialShare() > 0;
        if (best || last) {
            writeModel(point);
        }
        clock.measure();
        TrainingState.Progress progress = new TrainingState.Progress(
                clock.step(), 60 * clock.minutes(), bestLoss, bestStep, clock.skippedSteps(), curve);
        new TrainingState(state.weights, state.average, state.adam, progress).save(folder);
        listener.checkpoint(point, best);
    }

    private void writeModel(LossPoint point) {
        Path out = request.out();
        OutputFile.write(out.resolve(ModelFolder.WEIGHTS), true, path -> {
            try (var stream = Files.newOutputStream(path)) {
                Safetensors.write(stream, stepper.shipped(state.average), Safetensors.Precision.F16);
            }
        });
        String card = CardFile.toJson(card(point));
        OutputFile.write(out.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, card));
    }

    private VocoderCard card(LossPoint point) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(stepper.measure(), point.validLoss());
        metrics.put("training_minutes_of_audio", data.trainMinutes());
        boolean parallel = request.kind() == Kind.PARALLEL;
        return new VocoderCard(ModelCard.FORMAT_VERSION, request.out().toAbsolutePath().normalize().getFileName().toString(),
                VocoderCard.KIND, config.description(), config.licence(), parallel ? config.parallel() : null,
                parallel ? null : config.wavenet(),
                new ModelCard.Training(request.command(), point.step(), point.minutes(), config.seed()), config.sources(),
                metrics);
    }
}
