package org.chanterelle.evaluate.vocoder;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.evaluate.ConstantQ;
import org.chanterelle.generate.GriffinLim;
import org.chanterelle.generate.Vocoder;
import org.chanterelle.generate.Vocoders;
import org.chanterelle.inference.vocoder.WaveNetPlayer;
import org.chanterelle.model.vocoder.VocoderFolder;
import org.chanterelle.signal.MuLaw;

/** Vocoders on the mel spectrograms of held-out sounds, beside what mu-law coding alone loses. */
public final class EvaluateVocoder {
    private final List<HeldOutClip> clips;
    private final DoubleConsumer progress;
    private final List<float[][]> spectrograms = new ArrayList<>();
    private final List<double[][]> wanted = new ArrayList<>();
    private final ConstantQ transform = new ConstantQ();
    private int jobs = 1;
    private int done;

    /** @param progress told the share that is done */
    public EvaluateVocoder(List<HeldOutClip> clips, DoubleConsumer progress) {
        this.clips = clips;
        this.progress = progress;
        MelSpectrum spectrum = new MelSpectrum();
        for (HeldOutClip clip : clips) {
            spectrograms.add(spectrum.of(clip.audio()));
            wanted.add(transform.magnitudes(clip.audio()));
        }
    }

    /** A row for mu-law coding alone, for Griffin-Lim and for each model, in this order. */
    public List<VocoderRow> run(List<VocoderFolder> models) {
        jobs = (models.size() + 2) * clips.size();
        List<VocoderRow> rows = new ArrayList<>();
        rows.add(row("mu-law only", (index, mel) -> companded(clips.get(index).audio()), false, null));
        GriffinLim griffinLim = new GriffinLim();
        rows.add(row(Vocoders.GRIFFIN_LIM, (index, mel) -> griffinLim.of(mel), true, null));
        for (VocoderFolder model : models) {
            rows.add(row(model));
        }
        return rows;
    }

    private VocoderRow row(VocoderFolder model) {
        String name = model.card().name();
        if (model.card().parallel() != null) {
            Vocoder vocoder = Vocoders.of(model);
            return row(name, (index, mel) -> vocoder.of(mel), true, null);
        }
        double bits = bits(model);
        if (model.card().wavenet().condition() == 0) {
            done += clips.size();
            return new VocoderRow(name + " (without mel)", null, Map.of(), null, bits);
        }
        Vocoder vocoder = Vocoders.of(model);
        return row(name, (index, mel) -> vocoder.of(mel), true, bits);
    }

    /** A sound of the clip's number and spectrogram. */
    private interface Maker {
        float[] of(int index, float[][] mel);
    }

    private VocoderRow row(String name, Maker maker, boolean timed, Double bits) {
        var threads = ManagementFactory.getThreadMXBean();
        Map<String, List<Double>> byInstrument = new TreeMap<>();
        List<Double> all = new ArrayList<>();
        long nanos = 0;
        long samples = 0;
        for (int i = 0; i < clips.size(); i++) {
            long before = threads.getCurrentThreadCpuTime();
            float[] sound = maker.of(i, spectrograms.get(i));
            nanos += threads.getCurrentThreadCpuTime() - before;
            samples += sound.length;
            double r = Arrays.stream(ConstantQ.correlations(wanted.get(i), transform.magnitudes(sound))).average()
                    .orElse(Double.NaN);
            if (Double.isFinite(r)) {
                all.add(r);
                byInstrument.computeIfAbsent(clips.get(i).instrument(), any -> new ArrayList<>()).add(r);
            }
            progress.accept((double) ++done / jobs);
        }
        Map<String, Double> means = new LinkedHashMap<>();
        byInstrument.forEach((instrument, values) -> means.put(instrument, mean(values)));
        return new VocoderRow(name, mean(all), means, timed ? samples / (nanos / 1e9) : null, bits);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private double bits(VocoderFolder model) {
        WaveNetPlayer player = new WaveNetPlayer(model.card().wavenet(), model.weights(), 1);
        double sum = 0;
        long samples = 0;
        for (int i = 0; i < clips.size(); i++) {
            float[] audio = clips.get(i).audio();
            int[] codes = new int[audio.length];
            for (int n = 0; n < codes.length; n++) {
                codes[n] = MuLaw.encode(audio[n]);
            }
            player.reset(1);
            for (int row = 0; row < codes.length / WaveNetPlayer.HOP_FRAMES; row++) {
                player.judge(spectrograms.get(i)[row], codes, row * WaveNetPlayer.HOP_FRAMES);
            }
            sum += player.bits();
            samples += codes.length;
        }
        return sum / samples;
    }

    private static float[] companded(float[] audio) {
        float[] out = new float[audio.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = MuLaw.decode(MuLaw.encode(audio[i]));
        }
        return out;
    }

    /** The rows as a table, instruments below, the published figures last. */
    public static String table(List<VocoderRow> rows) {
        StringBuilder table = new StringBuilder(VocoderRow.header());
        rows.forEach(row -> table.append(row.line()));
        table.append(System.lineSeparator());
        for (VocoderRow row : rows) {
            if (row.byInstrument().size() > 1) {
                StringBuilder line = new StringBuilder(row.vocoder()).append(":");
                row.byInstrument().forEach((name, r) -> line.append(String.format(Locale.ROOT, " %s %.3f", name, r)));
                table.append(line).append(System.lineSeparator());
            }
        }
        return table
                .append("correlation: Pearson's, per constant-Q bin over time (84 bins from C1, 12 an octave, hop 512 at 16 kHz,"
                        + " linear magnitude), mean\npublished, another transform: mu-law only .979, WaveNet of the true mel .854\n")
                .toString();
    }
}
