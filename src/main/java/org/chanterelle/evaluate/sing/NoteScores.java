package org.chanterelle.evaluate.sing;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;

/**
 * How far renderings lie from some notes.
 *
 * @param notes how many
 * @param spectralLoss mean of the paper's loss, L1 of {@code ln(1 + |STFT|^2)}
 * @param waveformMse mean squared difference of audio frames
 */
public record NoteScores(int notes, double spectralLoss, double waveformMse) {
    /**
     * Losses of what needs no model, on the same notes.
     *
     * @param notes how many
     * @param nearestPitch the same instrument's nearest training pitch, unshifted; null if no note has one
     * @param meanSpectrum the instrument's mean log spectrum
     * @param silence nothing at all: where most bins are silent, a wrong sound loses more than none
     */
    public record Baseline(int notes, Double nearestPitch, double meanSpectrum, double silence) {
        /** The smaller loss of the nearest pitch and the mean spectrum. */
        public double better() {
            return nearestPitch == null ? meanSpectrum : Math.min(nearestPitch, meanSpectrum);
        }
    }

    /** Scores one rendering of each note. */
    static NoteScores of(
            NoteFolder folder, List<NoteEntry> notes, Function<NoteEntry, float[]> rendering, DoubleConsumer progress) {
        LogSpectrum spectra = new LogSpectrum();
        double loss = 0;
        double squares = 0;
        for (int i = 0; i < notes.size(); i++) {
            progress.accept((double) i / notes.size());
            float[] truth = folder.load(notes.get(i));
            float[] rendered = rendering.apply(notes.get(i));
            loss += LogSpectrum.distance(spectra.of(rendered), spectra.of(truth));
            squares += meanSquare(rendered, truth);
        }
        return new NoteScores(notes.size(), loss / notes.size(), squares / notes.size());
    }

    /** Scores what needs no model. */
    static Baseline baseline(NoteFolder folder, List<NoteEntry> notes, DoubleConsumer progress) {
        LogSpectrum spectra = new LogSpectrum();
        Baselines baselines = new Baselines(folder, spectra);
        double near = 0;
        double mean = 0;
        double silence = 0;
        int nearNotes = 0;
        for (int i = 0; i < notes.size(); i++) {
            progress.accept((double) i / notes.size());
            float[][] truth = spectra.of(folder.load(notes.get(i)));
            Optional<Double> nearest = baselines.nearestPitch(notes.get(i), truth);
            near += nearest.orElse(0.0);
            nearNotes += nearest.isPresent() ? 1 : 0;
            mean += baselines.meanSpectrum(notes.get(i), truth);
            silence += LogSpectrum.distance(new float[truth.length][truth[0].length], truth);
        }
        return new Baseline(notes.size(), nearNotes == 0 ? null : near / nearNotes, mean / notes.size(),
                silence / notes.size());
    }

    private static double meanSquare(float[] a, float[] b) {
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            double d = a[n] - b[n];
            sum += d * d;
        }
        return sum / a.length;
    }
}
