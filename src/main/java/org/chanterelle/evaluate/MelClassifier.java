package org.chanterelle.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.analysis.spectrum.MelSpectrum;

/**
 * Names the class (instrument, artist) of a log-mel spectrogram: multinomial logistic regression on mean and deviation of each band over windows of a
 * second, as linear as can be, so that it judges and does not guess. Immutable.
 */
public final class MelClassifier {
    private static final int WINDOW = 125;
    private static final int FEATURES = 2 * MelSpectrum.BANDS + 1;
    private static final int STEPS = 400;
    private static final double RATE = 0.5;
    private static final double DECAY = 1e-4;
    private static final double LEAST_DEVIATION = 1e-3;

    /** About -70 dB: below it lie the noise of coding and of vocoders, not timbre. */
    private static final float LEAST = -8f;

    /** Windows that are nothing but silence tell nothing. */
    private static final double SILENT = LEAST + 0.5;

    private final double[] mean;
    private final double[] deviation;
    private final double[][] weights;

    private MelClassifier(double[] mean, double[] deviation, double[][] weights) {
        this.mean = mean;
        this.deviation = deviation;
        this.weights = weights;
    }

    /**
     * A spectrogram of known class.
     *
     * @param mel shape (frames, 80), natural logarithms
     * @param label number of the class
     */
    public record Example(float[][] mel, int label) {}

    /** Learns; the same of the same examples. */
    public static MelClassifier learn(List<Example> examples, int classes) {
        List<double[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Example example : examples) {
            for (double[] row : windows(example.mel())) {
                rows.add(row);
                labels.add(example.label());
            }
        }
        double[] mean = new double[FEATURES];
        double[] deviation = new double[FEATURES];
        normalise(rows, mean, deviation);
        rows.forEach(row -> scale(row, mean, deviation));
        double[][] weights = new double[classes][FEATURES];
        for (int step = 0; step < STEPS; step++) {
            descend(rows, labels, weights, RATE * (1 - (double) step / STEPS));
        }
        return new MelClassifier(mean, deviation, weights);
    }

    private static void normalise(List<double[]> rows, double[] mean, double[] deviation) {
        for (double[] row : rows) {
            for (int i = 0; i < FEATURES; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        for (double[] row : rows) {
            for (int i = 0; i < FEATURES; i++) {
                deviation[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.size();
            }
        }
        for (int i = 0; i < FEATURES; i++) {
            deviation[i] = Math.sqrt(deviation[i]) + LEAST_DEVIATION;
        }
    }

    /** The last feature is the bias. */
    private static void scale(double[] row, double[] mean, double[] deviation) {
        for (int i = 0; i + 1 < FEATURES; i++) {
            row[i] = (row[i] - mean[i]) / deviation[i];
        }
    }

    private static void descend(List<double[]> rows, List<Integer> labels, double[][] weights, double rate) {
        double[][] gradient = new double[weights.length][FEATURES];
        for (int r = 0; r < rows.size(); r++) {
            double[] p = softmax(weights, rows.get(r));
            p[labels.get(r)] -= 1;
            for (int c = 0; c < weights.length; c++) {
                double share = p[c] / rows.size();
                for (int i = 0; i < FEATURES; i++) {
                    gradient[c][i] += share * rows.get(r)[i];
                }
            }
        }
        for (int c = 0; c < weights.length; c++) {
            for (int i = 0; i < FEATURES; i++) {
                weights[c][i] -= rate * (gradient[c][i] + DECAY * weights[c][i]);
            }
        }
    }

    private static double[] softmax(double[][] weights, double[] row) {
        double[] p = new double[weights.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < p.length; c++) {
            for (int i = 0; i < FEATURES; i++) {
                p[c] += weights[c][i] * row[i];
            }
            most = Math.max(most, p[c]);
        }
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = Math.exp(p[c] - most);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    private static List<double[]> windows(float[][] mel) {
        List<double[]> rows = new ArrayList<>();
        for (int from = 0; from + Math.min(WINDOW, mel.length) <= mel.length && mel.length > 0; from += WINDOW) {
            int count = Math.min(WINDOW, mel.length);
            double[] row = new double[FEATURES];
            row[FEATURES - 1] = 1;
            double loudest = Double.NEGATIVE_INFINITY;
            for (int band = 0; band < MelSpectrum.BANDS; band++) {
                double sum = 0;
                double squares = 0;
                for (int i = from; i < from + count; i++) {
                    double value = Math.max(LEAST, mel[i][band]);
                    sum += value;
                    squares += value * value;
                }
                row[band] = sum / count;
                row[MelSpectrum.BANDS + band] = Math.sqrt(Math.max(0, squares / count - row[band] * row[band]));
                loudest = Math.max(loudest, row[band]);
            }
            if (loudest > SILENT) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Probability of each class, the mean over the windows; evenly spread where there is nothing to hear. */
    public double[] probabilities(float[][] mel) {
        double[] sum = new double[weights.length];
        List<double[]> rows = windows(mel);
        for (double[] row : rows) {
            scale(row, mean, deviation);
            double[] p = softmax(weights, row);
            for (int c = 0; c < p.length; c++) {
                sum[c] += p[c] / rows.size();
            }
        }
        if (rows.isEmpty()) {
            Arrays.fill(sum, 1.0 / sum.length);
        }
        return sum;
    }

    /** The likeliest class. */
    public int name(float[][] mel) {
        double[] p = probabilities(mel);
        int best = 0;
        for (int c = 1; c < p.length; c++) {
            best = p[c] > p[best] ? c : best;
        }
        return best;
    }
}
