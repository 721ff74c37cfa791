package org.chanterelle.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;

/** What a training job leaves on disk: the state to go on from, the loss curve, an example, and the best model so far. */
final class TimbreCheckpoint {
    private static final int NOISE_SEED = 1;

    private final TimbreTrainer.Request request;
    private final TrainingConfig config;
    private final Path folder;
    private final TimbreDataset data;
    private final Normalisation normalisation;
    private final TimbreStep stepper;

    TimbreCheckpoint(
            TimbreTrainer.Request request, Path folder, TimbreDataset data, Normalisation normalisation, TimbreStep stepper) {
        this.request = request;
        this.config = request.config();
        this.folder = folder;
        this.data = data;
        this.normalisation = normalisation;
        this.stepper = stepper;
    }

    /** Mean loss over the held-out clips; the first one's rendering is written as an example, beside the original. */
    double validate(Parameters weights) {
        double sum = 0;
        for (TimbreClip clip : data.valid()) {
            float[] rendered = stepper.render(weights, clip, NOISE_SEED);
            sum += stepper.validate(rendered, clip);
            if (clip == data.valid().getFirst()) {
                writeAudio("example.wav", rendered);
                writeAudio("example-original.wav", clip.audio());
            }
        }
        return sum / data.valid().size();
    }

    private void writeAudio(String name, float[] audio) {
        AudioWriter.write(folder.resolve(name), AudioClip.mono(audio, config.network().sampleRateHz()), true);
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
                point.step(), point.minutes() * 60.0, best ? point.validLoss() : before.bestLoss(),
                best ? point.step() : before.bestStep(), skippedSteps, before.curve());
        new TrainingState(state.weights, state.average, state.adam, progress).save(folder);
        LossCurve.write(folder, "loss", "Multi-scale spectral loss", progress.curve());
        return progress;
    }

    private void writeModel(Parameters weights, LossPoint point) {
        Path out = request.out();
        OutputFile.write(out.resolve(ModelFolder.WEIGHTS), true, path -> {
            try (var stream = Files.newOutputStream(path)) {
                Safetensors.write(stream, weights.tensors(), Safetensors.Precision.F16);
            }
        });
        String card = ModelFolder.toJson(card(weights, point));
        OutputFile.write(out.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, card));
    }

    private ModelCard card(Parameters weights, LossPoint point) {
        TimbreConfig model = config.model();
        double lackDb = LevelCalibration.gainDb(stepper, weights, data, model.sampleRateHz());
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("validation_mss_course", point.validLoss());
        metrics.put("training_minutes_of_audio", data.trainMinutes());
        return new ModelCard(
                ModelCard.FORMAT_VERSION,
                request.out().toAbsolutePath().normalize().getFileName().toString(),
                model.kind(),
                config.description(),
                config.licence(),
                model,
                normalisation.withOutputGainDb(lackDb),
                data.pitchRange(),
                model.rooms() == 0 ? List.of() : List.copyOf(config.rooms().keySet()),
                new ModelCard.Training(request.command(), point.step(), point.minutes(), config.seed()),
                config.sources(),
                metrics);
    }
}
