package org.chanterelle.evaluate.mel2mel;

import org.chanterelle.evaluate.MelClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.evaluate.ConstantQ;
import org.chanterelle.evaluate.Page;
import org.chanterelle.generate.Vocoder;
import org.chanterelle.generate.mel2mel.Mel2MelPredictor;
import org.chanterelle.generate.mel2mel.TimbrePath;
import org.chanterelle.generate.mel2mel.WindowStore;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.signal.MuLaw;
import org.chanterelle.signal.Selection;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.scores.ScoreEntry;
import org.chanterelle.train.scores.ScoreFolder;

/** Mel2Mel models on held-out scores, beside what coding and vocoder alone lose. */
public final class EvaluateMel2Mel {
    private static final int EXAMPLES = 20;
    private static final int MORPH_FRAMES = 500;

    private final Listener listener;
    private final List<Mel2MelClip> clips;
    private final List<double[][]> wanted = new ArrayList<>();
    private final ConstantQ transform = new ConstantQ();
    private final MelSpectrum spectrum = new MelSpectrum();
    private final List<String> instruments;
    private final MelClassifier classifier;
    private int jobs;
    private int done;

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Listener {
        /** A share, 0 to 1, is done. */
        void progress(double share, String doing);
    }

    /**
     * What was found.
     *
     * @param rows in order: mu-law only, the true spectrogram through the vocoder, each model through it
     * @param morphs for each model
     */
    public record Report(List<Mel2MelRow> rows, List<MorphScores> morphs) {
        /** As text. */
        public String table() {
            StringBuilder table = new StringBuilder(Mel2MelRow.header());
            rows.forEach(row -> table.append(row.line()));
            table.append(System.lineSeparator());
            for (Mel2MelRow row : rows) {
                StringBuilder line = new StringBuilder(row.name()).append(":");
                row.byInstrument().forEach((name, r) -> line.append(String.format(Locale.ROOT, " %s %.3f", name, r)));
                table.append(line).append(System.lineSeparator());
            }
            morphs.forEach(morph -> table.append(morph.text()));
            return table.append("correlation: Pearson's, per constant-Q bin over time (84 bins from C1, 12 an octave, hop 512 at"
                    + " 16 kHz, linear magnitude), mean\npublished, another transform: mu-law only .979, WaveNet of the true mel"
                    + " .854, tanh-log-abs .754, log-abs .754, abs .635\n").toString();
        }
    }

    /** A sound of a clip. */
    private interface Maker {
        float[] of(Mel2MelClip clip);
    }

    /**
     * Reads the held-out clips and teaches the classifier the training ones.
     *
     * @param config the instruments
     * @param most clips of each instrument
     * @param seconds most of each clip
     * @throws org.chanterelle.signal.UserError when there are none
     */
    public EvaluateMel2Mel(ScoreFolder scores, Mel2MelConfig config, int most, double seconds, Listener listener) {
        this.listener = listener;
        instruments = config.instruments();
        clips = Mel2MelClip.heldOut(scores, config, most, seconds);
        clips.forEach(clip -> wanted.add(transform.magnitudes(clip.audio())));
        List<MelClassifier.Example> examples = new ArrayList<>();
        for (String instrument : instruments) {
            List<ScoreEntry> own = scores.entries(NoteSet.TRAIN).stream().filter(e -> e.instrument().equals(instrument)).toList();
            Selection.spread(own, EXAMPLES).forEach(entry -> examples.add(new MelClassifier.Example(
                    Mel2MelClip.rows(scores.mel(entry)), instruments.indexOf(instrument))));
        }
        classifier = MelClassifier.learn(examples, instruments.size());
    }

    /** Compares. */
    public Report run(List<Mel2MelFolder> models, String vocoderName, Vocoder vocoder) {
        jobs = (models.size() + 2) * clips.size();
        List<Mel2MelRow> rows = new ArrayList<>();
        rows.add(row("mu-law only", clip -> companded(clip.audio()), null));
        rows.add(row("true mel, " + vocoderName, clip -> vocoder.of(clip.mel()), null));
        List<MorphScores> morphs = new ArrayList<>();
        for (Mel2MelFolder model : models) {
            rows.add(row(model, vocoderName, vocoder));
            morphs.add(MorphScores.of(model, clips.getFirst().roll(), MORPH_FRAMES, classifier));
        }
        return new Report(rows, morphs);
    }

    /**
     * Writes a picture of the first clip through a model, and of its timbres.
     *
     * @throws org.chanterelle.signal.UserError when the file exists and not {@code force}, or cannot be written
     */
    public void picture(Mel2MelFolder model, Path png, boolean force) {
        Page.write(png, () -> Mel2MelPicture.draw(model, clips.getFirst()), force);
    }

    private Mel2MelRow row(Mel2MelFolder model, String vocoderName, Vocoder vocoder) {
        Prediction prediction = new Prediction();
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(model.card().config(), model.weights())) {
            String name = model.card().name() + " (" + model.card().loss() + "), " + vocoderName;
            return row(name, clip -> vocoder.of(prediction.of(predictor, model, clip)), prediction);
        }
    }

    /** Sums up what a model predicts. */
    private static final class Prediction {
        double squares;
        long values;
        long nanos;
        long frames;

        float[][] of(Mel2MelPredictor predictor, Mel2MelFolder model, Mel2MelClip clip) {
            int row = model.card().config().indexOf("model " + model.card().name() + ":", clip.instrument());
            TimbrePath timbre = TimbrePath.fixed(model.timbre(row));
            PianoRoll roll = clip.roll();
            long before = System.nanoTime();
            float[][] mel = predictor.of(roll, timbre, clip.mel().length, WindowStore.NONE, "", share -> {});
            nanos += System.nanoTime() - before;
            frames += mel.length;
            for (int i = 0; i < mel.length; i++) {
                for (int band = 0; band < mel[i].length; band++) {
                    double difference = mel[i][band] - clip.mel()[i][band];
                    squares += difference * difference;
                    values++;
                }
            }
            return mel;
        }
    }

    private Mel2MelRow row(String name, Maker maker, Prediction prediction) {
        Map<String, List<Double>> byInstrument = new TreeMap<>();
        List<Double> all = new ArrayList<>();
        int recognised = 0;
        for (int i = 0; i < clips.size(); i++) {
            Mel2MelClip clip = clips.get(i);
            float[] sound = maker.of(clip);
            double r = Arrays.stream(ConstantQ.correlations(wanted.get(i), transform.magnitudes(sound))).average()
                    .orElse(Double.NaN);
            if (Double.isFinite(r)) {
                all.add(r);
                byInstrument.computeIfAbsent(clip.instrument(), any -> new ArrayList<>()).add(r);
            }
            recognised += classifier.name(spectrum.of(sound)) == instruments.indexOf(clip.instrument()) ? 1 : 0;
            listener.progress((double) ++done / jobs, name);
        }
        Map<String, Double> means = new TreeMap<>();
        byInstrument.forEach((instrument, values) -> means.put(instrument, mean(values)));
        boolean predicts = prediction != null && prediction.values > 0;
        return new Mel2MelRow(name, mean(all), means, predicts ? Math.sqrt(prediction.squares / prediction.values) : null,
                (double) recognised / clips.size(), predicts ? prediction.frames / (prediction.nanos * 1e-9) : null);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static float[] companded(float[] audio) {
        float[] out = new float[audio.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = MuLaw.decode(MuLaw.encode(audio[i]));
        }
        return out;
    }
}
