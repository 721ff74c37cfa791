package org.chanterelle.evaluate;

/**
 * A melody as a series of pitches.
 *
 * @param timesS times in seconds, rising
 * @param hz frequency at each time; 0 is a rest without an opinion, a negative value a rest with the pitch that it would have
 */
public record Melody(double[] timesS, double[] hz) {
    /** Rejects arrays of unequal length. */
    public Melody {
        if (timesS.length != hz.length) {
            throw new IllegalArgumentException("a melody of " + timesS.length + " times and " + hz.length + " pitches");
        }
    }

    /** A melody on an even grid: value {@code i} at {@code i / rateHz}. */
    public static Melody onGrid(double[] hz, double rateHz) {
        double[] times = new double[hz.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = i / rateHz;
        }
        return new Melody(times, hz);
    }

    /** Number of values. */
    public int length() {
        return hz.length;
    }
}
