package org.chanterelle.model.expression;

import java.util.Arrays;

/**
 * How loud the training set is at each pitch, on the scale of the model's loudness input.
 *
 * @param lowKey MIDI number of the first row
 * @param keysPerRow semitones from row to row
 * @param db a row for each pitch, in it the loudness in dB at equally spaced quantiles from 0 to 1, ascending
 */
public record LoudnessQuantiles(double lowKey, double keysPerRow, float[][] db) {
    /**
     * The loudness that the training set reaches at a pitch; pitches beyond its own take the nearest row.
     *
     * @param key MIDI number, fractional
     * @param level quantile, 0 to 1
     */
    public double loudnessDb(double key, double level) {
        double row = row(key);
        int below = (int) row;
        int above = Math.min(below + 1, db.length - 1);
        double low = at(db[below], level);
        return low + (row - below) * (at(db[above], level) - low);
    }

    /** The quantile of a loudness at a pitch, 0 to 1. */
    public double level(double key, double loudnessDb) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 20; i++) {
            double middle = 0.5 * (low + high);
            if (loudnessDb(key, middle) < loudnessDb) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    private double row(double key) {
        return Math.clamp((key - lowKey) / keysPerRow, 0, db.length - 1);
    }

    private static double at(float[] quantiles, double level) {
        double place = Math.clamp(level, 0, 1) * (quantiles.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, quantiles.length - 1);
        return quantiles[below] + (place - below) * (quantiles[above] - quantiles[below]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoudnessQuantiles that && lowKey == that.lowKey && keysPerRow == that.keysPerRow
                && Arrays.deepEquals(db, that.db);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(db);
    }

    @Override
    public String toString() {
        return "LoudnessQuantiles[" + db.length + " rows from key " + lowKey + "]";
    }
}
