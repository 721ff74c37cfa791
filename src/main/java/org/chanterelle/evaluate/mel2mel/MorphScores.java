package org.chanterelle.evaluate.mel2mel;

import org.chanterelle.evaluate.MelClassifier;
import java.util.Locale;
import org.chanterelle.analysis.spectrum.MelScale;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.generate.mel2mel.Mel2MelPredictor;
import org.chanterelle.generate.mel2mel.TimbrePath;
import org.chanterelle.generate.mel2mel.WindowStore;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;

/**
 * What lies between two timbres, over all pairs of a model's instruments, eleven points each.
 *
 * @param pairs of instruments
 * @param monotonic share of them over which the spectral centroid never turns back by more than a hundredth
 * @param crossOnce share over which the classifier goes from the first to the second in one crossing
 */
public record MorphScores(int pairs, double monotonic, double crossOnce) {
    private static final int STEPS = 11;

    /** A turn of the centroid by less is not heard. */
    private static final double TOLERANCE = 0.01;

    private static final double[] BAND_HZ = bandHz();

    /** Judges the predicted spectrograms of a roll. */
    public static MorphScores of(Mel2MelFolder model, PianoRoll roll, int frames, MelClassifier classifier) {
        int count = model.card().config().instruments().size();
        int pairs = 0;
        int monotonic = 0;
        int once = 0;
        try (Mel2MelPredictor predictor = new Mel2MelPredictor(model.card().config(), model.weights())) {
            for (int a = 0; a < count; a++) {
                for (int b = a + 1; b < count; b++) {
                    double[] centroids = new double[STEPS];
                    double[] towards = new double[STEPS];
                    for (int step = 0; step < STEPS; step++) {
                        TimbrePath point = TimbrePath.between(model.timbre(a), model.timbre(b), step / (STEPS - 1.0));
                        float[][] mel = predictor.of(roll, point, frames, WindowStore.NONE, "", share -> {});
                        centroids[step] = centroidHz(mel);
                        double[] p = classifier.probabilities(mel);
                        towards[step] = p[b] - p[a];
                    }
                    pairs++;
                    monotonic += isMonotonic(centroids) ? 1 : 0;
                    once += crossings(towards) == 1 && towards[0] < 0 ? 1 : 0;
                }
            }
        }
        return new MorphScores(pairs, (double) monotonic / Math.max(1, pairs), (double) once / Math.max(1, pairs));
    }

    /** Mean frequency of the bands, weighted by their magnitudes. */
    public static double centroidHz(float[][] mel) {
        double sum = 0;
        double weights = 0;
        for (float[] row : mel) {
            for (int band = 0; band < MelSpectrum.BANDS; band++) {
                double magnitude = Math.exp(row[band]);
                sum += magnitude * BAND_HZ[band];
                weights += magnitude;
            }
        }
        return sum / weights;
    }

    private static double[] bandHz() {
        double[] hz = new double[MelSpectrum.BANDS];
        double top = MelScale.SLANEY.fromHz(MelSpectrum.MAX_HZ);
        for (int band = 0; band < hz.length; band++) {
            hz[band] = MelScale.SLANEY.toHz(top * (band + 1) / (hz.length + 1));
        }
        return hz;
    }

    static boolean isMonotonic(double[] values) {
        int sign = values[values.length - 1] >= values[0] ? 1 : -1;
        double reached = values[0];
        for (double value : values) {
            if (sign * (value - reached) < -TOLERANCE * reached) {
                return false;
            }
            reached = sign > 0 ? Math.max(reached, value) : Math.min(reached, value);
        }
        return true;
    }

    static int crossings(double[] values) {
        int crossings = 0;
        for (int i = 1; i < values.length; i++) {
            crossings += values[i] > 0 != values[i - 1] > 0 ? 1 : 0;
        }
        return crossings;
    }

    String text() {
        return String.format(Locale.ROOT,
                "%d pairs of timbres, %d points each: centroid monotonic in %.0f %%, classifier crosses once in %.0f %%%n", pairs,
                STEPS, 100 * monotonic, 100 * crossOnce);
    }
}
