package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.model.jukebox.VqVaeCard;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.train.LossCurve;
import org.chanterelle.train.LossPoint;

/** What a training job leaves on disk: the state to go on from, the loss curve, an example, and the best model. */
final class VqVaeCheckpoint {
    private static final int BATCH = 4;
    private static final int EXAMPLE_CROPS = 4;

    private final VqVaeTrainer.Request request;
    private final Path folder;
    private final VqVaeStep stepper;
    private final VqVaeLoss loss;
    private final float[] valid;
    private final int length;
    private final double trainMinutes;
    private Judgement judgement;

    /**
     * How the held-out crops came out.
     *
     * @param loss without the distance to the codes
     * @param convergenceDb spectral convergence, 20 log10 of its mean
     * @param used codes that occur
     * @param entropyBits of the codes
     */
    record Judgement(double loss, double convergenceDb, int used, double entropyBits) {}

    /** @param valid held-out crops of {@code length} audio frames, one after another */
    VqVaeCheckpoint(
            VqVaeTrainer.Request request, Path folder, VqVaeStep stepper, VqVaeLoss loss, float[] valid, int length,
            double trainMinutes) {
        this.request = request;
        this.folder = folder;
        this.stepper = stepper;
        this.loss = loss;
        this.valid = valid;
        this.length = length;
        this.trainMinutes = trainMinutes;
    }

    /** Judges the running average of the weights by the held-out crops. */
    Judgement validate(VqVaeState state) {
        int crops = valid.length / length;
        double sum = 0;
        double convergence = 0;
        int heard = 0;
        int[] histogram = new int[state.config.codes()];
        float[] example = new float[Math.min(EXAMPLE_CROPS, crops) * length];
        for (int from = 0; from < crops; from += BATCH) {
            int count = Math.min(BATCH, crops - from);
            float[] audio = Arrays.copyOfRange(valid, from * length, (from + count) * length);
            VqVaeStep.Sound sound = stepper.reconstruct(state.average, state.codebook, audio, count);
            sum += count * loss.apply(sound.audio(), audio, count, null);
            for (int crop = 0; crop < count; crop++) {
                double one = loss.convergence(sound.audio(), audio, crop * length, length);
                convergence += Double.isNaN(one) ? 0 : one;
                heard += Double.isNaN(one) ? 0 : 1;
            }
            for (int code : sound.codes()) {
                histogram[code]++;
            }
            int kept = Math.clamp((long) example.length - (long) from * length, 0, sound.audio().length);
            System.arraycopy(sound.audio(), 0, example, Math.min(example.length, from * length), kept);
        }
        write("example.wav", example, state.config);
        write("example-original.wav", Arrays.copyOf(valid, example.length), state.config);
        int used = (int) Arrays.stream(histogram).filter(n -> n > 0).count();
        judgement = new Judgement(sum / crops, 20 * Math.log10(convergence / Math.max(1, heard)), used,
                Codebook.entropy(histogram) / Math.log(2));
        return judgement;
    }

    private void write(String name, float[] audio, VqVaeConfig config) {
        AudioWriter.write(folder.resolve(name), AudioClip.mono(audio, config.sampleRateHz()), true);
    }

    /** Writes the state and the loss curve. */
    void save(VqVaeState state) throws IOException {
        LossCurve.write(folder, "loss", "Loss, level " + state.config.level(), state.progress.curve());
        state.save(folder);
    }

    /** Writes the running average as the model; its card tells what {@link #validate} found. */
    void writeModel(VqVaeState state, LossPoint point) {
        Path out = request.out();
        OutputFile.write(out.resolve(ModelFolder.WEIGHTS), true, path -> {
            try (var stream = Files.newOutputStream(path)) {
                Safetensors.write(stream, state.shipped(), Safetensors.Precision.F16);
            }
        });
        String card = CardFile.toJson(card(state, point));
        OutputFile.write(out.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, card));
    }

    private VqVaeCard card(VqVaeState state, LossPoint point) {
        VqVaeTrainingConfig settings = request.config();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("validation_loss", point.validLoss());
        metrics.put("validation_spectral_convergence_db", judgement.convergenceDb());
        metrics.put("validation_codes_used", (double) judgement.used());
        metrics.put("validation_code_entropy_bits", judgement.entropyBits());
        metrics.put("training_minutes_of_audio", trainMinutes);
        return new VqVaeCard(
                ModelCard.FORMAT_VERSION,
                request.out().toAbsolutePath().normalize().getFileName().toString(),
                VqVaeConfig.KIND,
                settings.description(),
                settings.licence(),
                state.config,
                new ModelCard.Training(request.command(), point.step(), point.minutes(), settings.seed()),
                settings.sources(),
                metrics);
    }
}
