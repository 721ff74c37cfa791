package org.chanterelle.generate.mel2mel;

/**
 * A timbre along a piece: a straight line from one to another. The arrays are not copied.
 *
 * @param from the embedding at the beginning
 * @param to at the end, of the same size
 */
public record TimbrePath(float[] from, float[] to) {
    /** Rejects timbres of two sizes. */
    public TimbrePath {
        if (from.length != to.length) {
            throw new IllegalArgumentException("from a timbre of " + from.length + " numbers to one of " + to.length);
        }
    }

    /** One timbre throughout. */
    public static TimbrePath fixed(float[] timbre) {
        return new TimbrePath(timbre, timbre);
    }

    /** A point between two timbres, 0 for the first and 1 for the second. */
    public static TimbrePath between(float[] first, float[] second, double place) {
        float[] point = new float[first.length];
        new TimbrePath(first, second).write(place, point, 0);
        return fixed(point);
    }

    boolean isFixed() {
        return from == to;
    }

    /** The embedding at a place of the piece, 0 to 1. */
    void write(double place, float[] out, int offset) {
        for (int i = 0; i < from.length; i++) {
            out[offset + i] = (float) (from[i] + place * (to[i] - from[i]));
        }
    }
}
