package org.chanterelle.train.sing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.train.LossCurve;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;

/** What a training job leaves on disk: the state to go on from, loss curves, an example, and the last stage's best model. */
final class SingCheckpoint {
    private static final int BATCH = 8;

    private final SingTrainer.Request request;
    private final Path folder;
    private final SingNotes notes;
    private final SingStep stepper;

    SingCheckpoint(SingTrainer.Request request, Path folder, SingNotes notes, SingStep stepper) {
        this.request = request;
        this.folder = folder;
        this.notes = notes;
        this.stepper = stepper;
    }

    /** Mean spectral loss over the held-out notes, of the autoencoder in its stage, of the whole network after it. */
    double validate(SingState state) {
        double sum = 0;
        for (int from = 0; from < notes.valid().size(); from += BATCH) {
            List<NoteEntry> batch = notes.valid().subList(from, Math.min(from + BATCH, notes.valid().size()));
            float[] audio = notes.audio(batch);
            float[] sound = state.stage == SingStage.AUTOENCODER
                    ? stepper.reconstruct(state.weights, audio, batch.size())
                    : stepper.render(state.weights.only(SingStage.END_TO_END::learns), notes.symbols(batch));
            sum += batch.size() * stepper.validate(sound, audio, batch.size());
            if (from == 0) {
                SingConfig config = state.config;
                writeAudio("example.wav", sound, config.leadSamples(), config);
                writeAudio("example-original.wav", audio, config.padding(), config);
            }
        }
        return sum / notes.valid().size();
    }

    private void writeAudio(String name, float[] audio, int from, SingConfig config) {
        float[] note = Arrays.copyOfRange(audio, from, from + config.noteSamples());
        AudioWriter.write(folder.resolve(name), AudioClip.mono(note, config.sampleRateHz()), true);
    }

    /** Adds to the stage's curve; writes the model when it is the last stage's best so far. */
    boolean judge(SingState state, LossPoint point) {
        state.curve().add(point);
        LossCurve.write(folder, "loss-" + state.stage.label(), "Loss, stage " + state.stage.label(), state.curve());
        boolean best = point.validLoss() < state.bestLoss;
        if (best) {
            state.bestLoss = point.validLoss();
            state.bestStep = point.step();
        }
        if (best && state.stage.isLast()) {
            writeModel(state, point);
        }
        return best;
    }

    void save(SingState state, SingStage stage) throws IOException {
        state.save(folder);
        if (stage != state.stage) {
            // What a stage has made, encoder included, so that it can be judged alone.
            OutputFile.write(folder.resolve(stage.label() + ".safetensors"), true, path -> {
                try (var stream = Files.newOutputStream(path)) {
                    Safetensors.write(stream, SingWeights.atNoteLevel(
                            SingWeights.shapes(state.config), state.weights, request.config().gainDb()),
                            Safetensors.Precision.F32);
                }
            });
        }
    }

    private void writeModel(SingState state, LossPoint point) {
        Path out = request.out();
        OutputFile.write(out.resolve(ModelFolder.WEIGHTS), true, path -> {
            try (var stream = Files.newOutputStream(path)) {
                Safetensors.write(stream, SingWeights.atNoteLevel(
                        state.config.weightShapes(), state.weights, request.config().gainDb()),
                        Safetensors.Precision.F16);
            }
        });
        String card = CardFile.toJson(card(state, point));
        OutputFile.write(out.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, card));
    }

    private SingCard card(SingState state, LossPoint point) {
        SingTrainingConfig settings = request.config();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("validation_log_power_l1", point.validLoss());
        metrics.put("training_gain_db", settings.gainDb());
        metrics.put("waveform_loss", settings.loss() == SingTrainingConfig.Loss.WAVEFORM ? 1.0 : 0.0);
        metrics.put("training_notes", (double) notes.train().size());
        metrics.put("training_minutes_of_audio", notes.train().size() * NoteFolder.FRAMES / (60.0 * NoteFolder.RATE_HZ));
        return new SingCard(
                ModelCard.FORMAT_VERSION,
                request.out().toAbsolutePath().normalize().getFileName().toString(),
                SingConfig.KIND,
                settings.description(),
                settings.licence(),
                state.config,
                notes.instruments(),
                new ModelCard.Training(request.command(), point.step(), point.minutes(), settings.seed()),
                settings.sources(),
                metrics);
    }
}
