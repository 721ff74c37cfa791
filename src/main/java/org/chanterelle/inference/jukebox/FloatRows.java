package org.chanterelle.inference.jukebox;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.inference.LaneSum;

/** Sums over pieces of float arrays. */
final class FloatRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float EPSILON = 1e-5f;
    private static final float SHARPNESS = 1.702f;

    private FloatRows() {}

    static float dot(float[] a, int aAt, float[] b, int bAt, int length) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            sum = FloatVector.fromArray(SPECIES, a, aAt + i).fma(FloatVector.fromArray(SPECIES, b, bAt + i), sum);
        }
        float total = LaneSum.of(sum);
        for (; i < length; i++) {
            total += a[aAt + i] * b[bAt + i];
        }
        return total;
    }

    /** Adds {@code factor * from} to {@code to}. */
    static void addScaled(float factor, float[] from, int fromAt, float[] to, int toAt, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, from, fromAt + i).fma(FloatVector.broadcast(SPECIES, factor),
                    FloatVector.fromArray(SPECIES, to, toAt + i)).intoArray(to, toAt + i);
        }
        for (; i < length; i++) {
            to[toAt + i] += factor * from[fromAt + i];
        }
    }

    private static float sum(float[] x, int at, int length) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, at + i));
        }
        float total = LaneSum.of(sum);
        for (; i < length; i++) {
            total += x[at + i];
        }
        return total;
    }

    /** Layer normalisation of a row. */
    static void norm(float[] x, int at, float[] gain, float[] bias, float[] to, int toAt) {
        int length = gain.length;
        float mean = sum(x, at, length) / length;
        for (int i = 0; i < length; i++) {
            to[toAt + i] = x[at + i] - mean;
        }
        float scale = (float) (1 / Math.sqrt(dot(to, toAt, to, toAt, length) / length + EPSILON));
        for (int i = 0; i < length; i++) {
            to[toAt + i] = to[toAt + i] * scale * gain[i] + bias[i];
        }
    }

    /** x times the logistic function of 1.702 x, in place. */
    static void quickGelu(float[] x, int at, int length) {
        for (int i = at; i < at + length; i++) {
            x[i] = (float) (x[i] / (1 + Math.exp(-SHARPNESS * x[i])));
        }
    }
}
