package org.chanterelle.live;

import java.util.Arrays;

/** A pitch in cents every 5 ms, and the vibrato in it. */
final class PitchWave {
    private static final double SECONDS = 0.005;

    private PitchWave() {}

    static double mean(double[] x, int from, int to) {
        return Arrays.stream(x, from, to).average().orElseThrow();
    }

    /** Half the way from lowest to highest, as a sine of the same spread has it. */
    static double depth(double[] cents, int from, int to) {
        double mean = mean(cents, from, to);
        return Math.sqrt(2 * Arrays.stream(cents, from, to).map(c -> (c - mean) * (c - mean)).average().orElseThrow());
    }

    /** Of waves that come through the mean after a real valley: what wanders beside the vibrato crosses it more often. */
    static double rateHz(double[] cents, int from, int to) {
        double mean = mean(cents, from, to);
        int first = 0;
        int last = 0;
        int count = -1;
        double under = mean - 0.3 * depth(cents, from, to);
        boolean low = false;
        for (int n = from + 1; n < to; n++) {
            low |= cents[n] < under;
            if (low && cents[n] >= mean) {
                low = false;
                first = count < 0 ? n : first;
                last = n;
                count++;
            }
        }
        return count / ((last - first) * SECONDS);
    }
}
