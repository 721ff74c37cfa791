package org.chanterelle.evaluate;

import java.util.Arrays;

final class Medians {
    private Medians() {}

    /** The middle value, of an even count the mean of the two; NaN of none. */
    static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }
}
