package org.chanterelle.train.expression;

import java.util.Arrays;

/** Small statistics over stretches of a curve; stretches are from (inclusive) to (exclusive), cut to the curve, and must not be empty. */
final class Curve {
    private Curve() {}

    static double median(float[] curve, int from, int to) {
        float[] sorted = Arrays.copyOfRange(curve, Math.max(0, from), Math.min(curve.length, to));
        if (sorted.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }

    static double mean(float[] curve, int from, int to) {
        int last = Math.min(curve.length, to);
        double sum = 0;
        for (int i = Math.max(0, from); i < last; i++) {
            sum += curve[i];
        }
        return sum / (last - Math.max(0, from));
    }

    static int lowest(float[] curve, int from, int to) {
        int at = Math.max(0, from);
        for (int i = at; i < Math.min(curve.length, to); i++) {
            at = curve[i] < curve[at] ? i : at;
        }
        return at;
    }

    static int highest(float[] curve, int from, int to) {
        int at = Math.max(0, from);
        for (int i = at; i < Math.min(curve.length, to); i++) {
            at = curve[i] > curve[at] ? i : at;
        }
        return at;
    }

    /** A stretch of keys as cents from their median, at half the rate, cut to two semitones. */
    static float[] cents(float[] keys, int from, int to) {
        double centre = median(keys, from, to);
        float[] cents = new float[(to - from) / 2];
        for (int i = 0; i < cents.length; i++) {
            double cent = 100 * (0.5 * (keys[from + 2 * i] + keys[from + 2 * i + 1]) - centre);
            cents[i] = (float) Math.clamp(cent, -200, 200);
        }
        return cents;
    }

    /** Means over {@code 2 * reach + 1} values, fewer at the ends. */
    static float[] smooth(float[] curve, int reach) {
        float[] out = new float[curve.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) mean(curve, i - reach, i + reach + 1);
        }
        return out;
    }
}
