package org.chanterelle.evaluate.jukebox;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.model.jukebox.VqVae;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.jukebox.UntrainedLevel;

/** Levels of codes on the same excerpts of held-out music. */
public final class EvaluateVqVae {
    /** Paper's table of spectral convergence at 44.1 kHz: bottom, middle, top. */
    private static final double[] PUBLISHED_DB = {-23.0, -12.4, -8.3};

    private static final int SHORTEST = 4096;

    private final Path data;
    private final double seconds;
    private final int most;
    private final DoubleConsumer progress;

    /**
     * What was measured.
     *
     * @param rows one for each model, then one for Opus where it is there
     * @param excerpts compared
     * @param remarks what the reader should know
     * @param sounds the first excerpt and what came back of it by every row, at {@code rateHz}
     * @param rateHz rate of all models
     */
    public record Report(List<LevelRow> rows, int excerpts, List<String> remarks, List<float[]> sounds, int rateHz) {}

    /**
     * @param data folder of music, see {@link UntrainedLevel#heldOut}
     * @param seconds length of an excerpt
     * @param most excerpts
     */
    public EvaluateVqVae(Path data, double seconds, int most, DoubleConsumer progress) {
        this.data = data;
        this.seconds = seconds;
        this.most = most;
        this.progress = progress;
    }

    /** Measures all; throws UserError where there is nothing to measure by. */
    public Report run(List<VqVaeFolder> models) {
        List<LevelRow> rows = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        int rateHz = models.getFirst().card().config().sampleRateHz();
        for (VqVaeFolder model : models) {
            if (model.card().config().sampleRateHz() != rateHz) {
                throw new UserError(
                        model.path() + ": of " + model.card().config().sampleRateHz() + " Hz, " + models.getFirst().path()
                                + " of " + rateHz + " Hz: not comparable. Evaluate them apart");
            }
        }
        List<float[]> shown = new ArrayList<>();
        List<float[]> excerpts = List.of();
        for (VqVaeFolder model : models) {
            VqVaeConfig config = model.card().config();
            excerpts = excerpts(config);
            if (shown.isEmpty()) {
                shown.add(excerpts.getFirst());
            }
            Rendering rendering = render(model, excerpts);
            Fidelity untrained = Fidelity.of(excerpts, render(untrained(model, excerpts.getFirst()), excerpts).sounds,
                    config.sampleRateHz());
            rows.add(row(model, excerpts, rendering, untrained));
            shown.add(rendering.sounds.getFirst());
            progress.accept((double) rows.size() / (models.size() + 1));
        }
        excerpts = excerpts(models.getFirst().card().config());
        Optional<Opus> opus = Opus.find();
        if (opus.isPresent()) {
            Opus.Result result = opus.get().transcode(excerpts, rateHz);
            rows.add(new LevelRow("opus", -1, 0, result.bitsPerSecond(), Fidelity.of(excerpts, result.sounds(), rateHz), null,
                    Double.NaN, 0, 0, Double.NaN, Double.NaN, Double.NaN));
            shown.add(result.sounds().getFirst());
        } else {
            remarks.add(Opus.MISSING);
        }
        return new Report(rows, excerpts.size(), remarks, shown, rateHz);
    }

    /** Of a whole number of hops. */
    private List<float[]> excerpts(VqVaeConfig config) {
        int length = (int) Math.round(seconds * config.sampleRateHz() / config.hop()) * config.hop();
        if (length < SHORTEST) {
            throw new UserError("--seconds " + seconds + ": expected at least " + SHORTEST + " audio frames");
        }
        return UntrainedLevel.heldOut(data, config.sampleRateHz(), length, most);
    }

    private record Rendering(List<float[]> sounds, int[] histogram, double encodeSeconds, double decodeSeconds) {}

    private static Rendering render(VqVaeFolder folder, List<float[]> excerpts) {
        List<float[]> sounds = new ArrayList<>();
        int[] histogram = new int[folder.card().config().codes()];
        long encoding = 0;
        long decoding = 0;
        try (VqVae model = new VqVae(folder, Device.cpu())) {
            // Once unmeasured: the first call prepares the engine's kernels.
            model.decode(model.encode(excerpts.getFirst(), 0, excerpts.getFirst().length), 0, 1);
            for (float[] excerpt : excerpts) {
                long start = System.nanoTime();
                int[] codes = model.encode(excerpt, 0, excerpt.length);
                long middle = System.nanoTime();
                sounds.add(model.decode(codes, 0, codes.length));
                encoding += middle - start;
                decoding += System.nanoTime() - middle;
                Arrays.stream(codes).forEach(code -> histogram[code]++);
            }
        }
        return new Rendering(sounds, histogram, encoding * 1e-9, decoding * 1e-9);
    }

    /** The same network as it was before training. */
    private static VqVaeFolder untrained(VqVaeFolder folder, float[] excerpt) {
        VqVaeConfig config = folder.card().config();
        long seed = folder.card().training() == null ? 1 : folder.card().training().seed();
        Map<String, Tensor> weights = new LinkedHashMap<>(UntrainedLevel.network(config, seed));
        weights.put(VqVaeConfig.CODEBOOK,
                new Tensor(new int[] {config.codes(), config.embedding()}, new float[config.codes() * config.embedding()]));
        try (VqVae model = new VqVae(new VqVaeFolder(folder.path(), folder.card(), weights, 0), Device.cpu())) {
            weights.put(VqVaeConfig.CODEBOOK,
                    UntrainedLevel.codebook(config, model.outputs(excerpt, 0, excerpt.length), seed));
        }
        return new VqVaeFolder(folder.path(), folder.card(), weights, 0);
    }

    private static LevelRow row(VqVaeFolder folder, List<float[]> excerpts, Rendering rendering, Fidelity untrained) {
        VqVaeConfig config = folder.card().config();
        double audioSeconds = (double) excerpts.size() * excerpts.getFirst().length / config.sampleRateHz();
        int used = (int) Arrays.stream(rendering.histogram).filter(n -> n > 0).count();
        return new LevelRow(folder.card().name(), config.level(), config.hop(), config.codeRateHz() * config.bitsPerCode(),
                Fidelity.of(excerpts, rendering.sounds, config.sampleRateHz()), untrained,
                config.level() < PUBLISHED_DB.length ? PUBLISHED_DB[config.level()] : Double.NaN, config.codes(), used,
                Codebook.entropy(rendering.histogram) / Math.log(2), audioSeconds / rendering.encodeSeconds,
                audioSeconds / rendering.decodeSeconds);
    }
}
