package org.chanterelle.train.mel2mel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.mel2mel.Mel2MelCard;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.train.LossCurve;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TrainingState;

/** What a training job leaves on disk: the state to go on from, the loss curve, and the best model so far. */
final class Mel2MelCheckpoint {
    private static final int SEQUENCES = 10;

    private final Mel2MelTrainer.Request request;
    private final Path folder;
    private final Mel2MelData data;
    private final Mel2MelData.Bands bands;
    private final Mel2MelStep stepper;
    private double logError;

    Mel2MelCheckpoint(Mel2MelTrainer.Request request, Path folder, Mel2MelData data, Mel2MelData.Bands bands,
            Mel2MelStep stepper) {
        this.request = request;
        this.folder = folder;
        this.data = data;
        this.bands = bands;
        this.stepper = stepper;
    }

    /** Mean loss over the held-out sequences. */
    double validate(Parameters weights) {
        double loss = 0;
        double squares = 0;
        for (int from = 0; from < data.validClips(); from += SEQUENCES) {
            int count = Math.min(SEQUENCES, data.validClips() - from);
            double[] found = stepper.validate(weights, data.held(from, count, request.config().frames()));
            loss += count * found[0];
            squares += count * found[1];
        }
        logError = Math.sqrt(squares / data.validClips());
        return loss / data.validClips();
    }

    /** Saves everything; the model too when {@code point} is the best so far. */
    TrainingState.Progress save(TrainingState state, LossPoint point, long skippedSteps) throws IOException {
        TrainingState.Progress before = state.progress;
        before.curve().add(point);
        boolean best = point.validLoss() < before.bestLoss();
        if (best) {
            writeModel(state.average, point);
        }
        TrainingState.Progress progress = new TrainingState.Progress(
                point.step(), point.minutes() * 60, best ? point.validLoss() : before.bestLoss(),
                best ? point.step() : before.bestStep(), skippedSteps, before.curve());
        new TrainingState(state.weights, state.average, state.adam, progress).save(folder);
        LossCurve.write(folder, "loss", "Loss " + request.config().loss().label(), progress.curve());
        return progress;
    }

    private void writeModel(Parameters weights, LossPoint point) throws IOException {
        Files.createDirectories(folder);
        Path out = request.out();
        OutputFile.write(out.resolve(ModelFolder.WEIGHTS), true, path -> {
            try (var stream = Files.newOutputStream(path)) {
                Safetensors.write(stream, Mel2MelWeights.folded(weights, bands), Safetensors.Precision.F16);
            }
        });
        String card = CardFile.toJson(card(point));
        OutputFile.write(out.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, card));
    }

    private Mel2MelCard card(LossPoint point) {
        Mel2MelTrainingConfig settings = request.config();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("validation_loss", point.validLoss());
        metrics.put("validation_log_mel_rms_error", logError);
        metrics.put("training_minutes_of_audio", data.trainMinutes());
        return new Mel2MelCard(
                ModelCard.FORMAT_VERSION,
                request.out().toAbsolutePath().normalize().getFileName().toString(),
                Mel2MelConfig.KIND,
                settings.description(),
                settings.licence(),
                data.config(),
                settings.loss().label(),
                new ModelCard.Training(request.command(), point.step(), point.minutes(), settings.seed()),
                settings.sources(),
                metrics);
    }
}
