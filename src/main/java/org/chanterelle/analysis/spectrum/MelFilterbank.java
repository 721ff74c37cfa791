package org.chanterelle.analysis.spectrum;

import org.chanterelle.analysis.spectrum.MelConfig.Slopes;

/** Triangular filters evenly spaced on a mel scale, as weights on the bins of a transform. Immutable. */
public final class MelFilterbank {
    private final double[][] weights;
    private final int[] first;
    private final int[] end;

    /** Computes the weights. */
    public MelFilterbank(MelConfig config) {
        double[] cornerMel = corners(config);
        weights = new double[config.bands()][config.fftSize() / 2 + 1];
        first = new int[weights.length];
        end = new int[weights.length];
        for (int band = 0; band < weights.length; band++) {
            for (int bin = 0; bin < weights[band].length; bin++) {
                weights[band][bin] = weight(config, cornerMel, band, bin * config.sampleRateHz() / config.fftSize());
            }
            limit(band);
        }
    }

    /** All other weights of a band are zero. */
    private void limit(int band) {
        end[band] = weights[band].length;
        while (end[band] > 0 && weights[band][end[band] - 1] == 0) {
            end[band]--;
        }
        while (first[band] < end[band] && weights[band][first[band]] == 0) {
            first[band]++;
        }
    }

    /** Weights, shape (bands, bins), copied. */
    public double[][] weights() {
        double[][] copy = new double[weights.length][];
        for (int band = 0; band < copy.length; band++) {
            copy[band] = weights[band].clone();
        }
        return copy;
    }

    /** Weighted sums of a spectrum (magnitudes or powers, shape (bins)) into {@code out} (shape (bands)). */
    public void apply(float[] spectrum, double[] out) {
        for (int band = 0; band < weights.length; band++) {
            double sum = 0;
            for (int bin = first[band]; bin < end[band]; bin++) {
                sum += weights[band][bin] * spectrum[bin];
            }
            out[band] = sum;
        }
    }

    private static double[] corners(MelConfig config) {
        double low = config.scale().fromHz(config.minHz());
        double high = config.scale().fromHz(config.maxHz());
        double[] corners = new double[config.bands() + 2];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = low + (high - low) * i / (corners.length - 1);
        }
        return corners;
    }

    private static double weight(MelConfig config, double[] cornerMel, int band, double hz) {
        boolean inMel = config.slopes() == Slopes.IN_MEL;
        double lowHz = config.scale().toHz(cornerMel[band]);
        double midHz = config.scale().toHz(cornerMel[band + 1]);
        double highHz = config.scale().toHz(cornerMel[band + 2]);
        double triangle = inMel
                ? triangle(config.scale().fromHz(hz), cornerMel[band], cornerMel[band + 1], cornerMel[band + 2])
                : triangle(hz, lowHz, midHz, highHz);
        return config.areaNormalised() ? triangle * 2 / (highHz - lowHz) : triangle;
    }

    private static double triangle(double x, double low, double mid, double high) {
        return Math.max(0, Math.min((x - low) / (mid - low), (high - x) / (high - mid)));
    }
}
