package org.chanterelle.analysis.spectrum;

import java.util.Arrays;

/**
 * Magnitudes of a spectrum from its mel bands: not negative, and with the bands' sums. Of the many that have them, the one that
 * Richardson's and Lucy's iteration reaches from a smooth beginning; it brings every band's <i>relative</i> error down at one pace, loud
 * or faint. Not thread-safe.
 */
public final class MelInverse {
    /** More change nothing: see docs/decisions/150. */
    public static final int DEFAULT_ITERATIONS = 12;

    private static final double SMALL = 1e-12;

    private final int iterations;
    private final double[][] weights;
    private final int[] from;
    private final int[] to;
    private final double[] columnSums;
    private final double[] ratio;
    private final double[] estimate;
    private final double[] correction;

    /** @param iterations 12 are enough */
    public MelInverse(MelConfig config, int iterations) {
        this.iterations = iterations;
        weights = new MelFilterbank(config).weights();
        int bins = weights[0].length;
        from = new int[weights.length];
        to = new int[weights.length];
        columnSums = new double[bins];
        for (int band = 0; band < weights.length; band++) {
            from[band] = bins;
            for (int k = 0; k < bins; k++) {
                if (weights[band][k] > 0) {
                    from[band] = Math.min(from[band], k);
                    to[band] = k + 1;
                    columnSums[k] += weights[band][k];
                }
            }
        }
        ratio = new double[weights.length];
        estimate = new double[bins];
        correction = new double[bins];
    }

    /** Number of bins. */
    public int bins() {
        return estimate.length;
    }

    /**
     * Inverts one row.
     *
     * @param logMel natural logarithms of the bands
     * @param magnitudes written, {@link #bins} values
     */
    public void apply(float[] logMel, float[] magnitudes) {
        Arrays.fill(estimate, 1.0);
        for (int i = 0; i < iterations; i++) {
            for (int band = 0; band < weights.length; band++) {
                double sum = SMALL;
                for (int k = from[band]; k < to[band]; k++) {
                    sum += weights[band][k] * estimate[k];
                }
                ratio[band] = Math.exp(logMel[band]) / sum;
            }
            improve();
        }
        for (int k = 0; k < magnitudes.length; k++) {
            magnitudes[k] = columnSums[k] > 0 ? (float) estimate[k] : 0f;
        }
    }

    private void improve() {
        Arrays.fill(correction, 0);
        for (int band = 0; band < weights.length; band++) {
            for (int k = from[band]; k < to[band]; k++) {
                correction[k] += weights[band][k] * ratio[band];
            }
        }
        for (int k = 0; k < estimate.length; k++) {
            estimate[k] *= correction[k] / (columnSums[k] + SMALL);
        }
    }
}
