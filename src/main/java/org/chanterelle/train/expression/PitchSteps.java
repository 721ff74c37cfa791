package org.chanterelle.train.expression;

import org.chanterelle.signal.Units;

/**
 * The most plausible course of semitones under a curve of pitch: each value costs its distance from the semitone, each change of the
 * semitone costs a fixed sum, which no vibrato ever saves and every played note does (Viterbi).
 */
final class PitchSteps {
    private static final double SPREAD_SEMITONES = 0.5;
    private static final double MAX_COST = 4.5;
    private static final double CHANGE_COST = 12;

    private PitchSteps() {}

    /** Where the semitones of a player lie: the mean distance of keys from whole numbers, -0.5 to 0.5. */
    static double tuning(float[] keys, boolean[] counts) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < keys.length; i++) {
            if (counts[i]) {
                x += Math.cos(2 * Math.PI * keys[i]);
                y += Math.sin(2 * Math.PI * keys[i]);
            }
        }
        return Math.atan2(y, x) / (2 * Math.PI);
    }

    /** The semitone (whole number plus {@code tuning}) of each frame from {@code from} to {@code to}. */
    static int[] find(float[] keys, int from, int to, double tuning) {
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        for (int i = from; i < to; i++) {
            low = Math.min(low, (int) Math.round(keys[i] - tuning));
            high = Math.max(high, (int) Math.round(keys[i] - tuning));
        }
        int states = high - low + 1;
        int frames = to - from;
        int[][] before = new int[frames][states];
        double[] costs = new double[states];
        for (int i = 0; i < frames; i++) {
            int cheapest = cheapest(costs);
            double change = costs[cheapest] + CHANGE_COST;
            for (int s = 0; s < states; s++) {
                boolean stays = i == 0 || costs[s] <= change;
                before[i][s] = stays ? s : cheapest;
                costs[s] = (stays ? costs[s] : change) + cost(keys[from + i] - tuning - low - s);
            }
        }
        int[] path = new int[frames];
        for (int i = frames - 1, s = cheapest(costs); i >= 0; i--) {
            path[i] = low + s;
            s = before[i][s];
        }
        return path;
    }

    private static int cheapest(double[] costs) {
        int best = 0;
        for (int s = 1; s < costs.length; s++) {
            best = costs[s] < costs[best] ? s : best;
        }
        return best;
    }

    private static double cost(double semitones) {
        double off = semitones / SPREAD_SEMITONES;
        return Math.min(0.5 * off * off, MAX_COST);
    }

    /** A key for every frame of f0. */
    static float[] keys(float[] f0Hz) {
        float[] keys = new float[f0Hz.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (float) Units.hzToMidi(f0Hz[i]);
        }
        return keys;
    }
}
