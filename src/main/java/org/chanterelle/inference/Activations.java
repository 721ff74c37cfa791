package org.chanterelle.inference;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The network's non-linearities, in place, within 1e-6 of their exact values for any finite argument. Own polynomials because a
 * platform's vector mathematics library differs between platforms. Each pass runs over an array in one method: a vector handed from
 * one method to another is allocated whenever the compiler decides not to inline.
 *
 * <p>All round the length up to whole vectors, so arrays are of a length that {@link Linear#padded} gives.
 */
public final class Activations {
    /** Exponent of the synthesiser's non-linearity, ln 10. Engel et al. 2020, appendix B. */
    private static final float CONTROL_EXPONENT = (float) Math.log(10.0);

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float LOG2_E = (float) (1.0 / Math.log(2.0));
    private static final float LN2 = (float) Math.log(2.0);
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Adding 1.5 * 2^23 leaves the nearest integer in the low bits. */
    private static final float ROUND = 12582912f;

    private static final float MAX_EXPONENT = 87f;

    private Activations() {}

    /** 1 / (1 + e^-x). */
    static void sigmoid(float[] x, int length) {
        sigmoid(x, 0, length);
    }

    /** The same of {@code length} values from {@code from} on. */
    public static void sigmoid(float[] x, int from, int length) {
        exp(x, from, length, -1f);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int i = from; i < from + length; i += LANES) {
            one.div(FloatVector.fromArray(SPECIES, x, i).add(one)).intoArray(x, i);
        }
    }

    /** Hyperbolic tangent. */
    static void tanh(float[] x, int length) {
        tanh(x, 0, length);
    }

    /** The same of {@code length} values from {@code from} on. */
    public static void tanh(float[] x, int from, int length) {
        exp(x, from, length, -2f);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector two = FloatVector.broadcast(SPECIES, 2f);
        for (int i = from; i < from + length; i += LANES) {
            two.div(FloatVector.fromArray(SPECIES, x, i).add(one)).sub(one).intoArray(x, i);
        }
    }

    /** e^x of {@code length} values from {@code from} on, the exponent clamped to -87 to 87. */
    public static void exp(float[] x, int from, int length) {
        exp(x, from, length, 1f);
    }

    /** {@code 2 * sigmoid(x)^ln(10) + 1e-7}, which turns a head's output into a physical control. */
    static void control(float[] x, int length) {
        // sigmoid(x)^p = e^(-p ln(1 + e^-x))
        exp(x, 0, length, -1f);
        logOfOneMore(x, length);
        exp(x, 0, length, -CONTROL_EXPONENT);
        FloatVector two = FloatVector.broadcast(SPECIES, 2f);
        FloatVector floor = FloatVector.broadcast(SPECIES, 1e-7f);
        for (int i = 0; i < length; i += LANES) {
            FloatVector.fromArray(SPECIES, x, i).fma(two, floor).intoArray(x, i);
        }
    }

    /** e^(scale x), the exponent clamped to -87 to 87. */
    private static void exp(float[] x, int from, int length, float scale) {
        for (int i = from; i < from + length; i += LANES) {
            FloatVector exponent = FloatVector.fromArray(SPECIES, x, i).mul(scale).max(-MAX_EXPONENT).min(MAX_EXPONENT);
            FloatVector shifted = exponent.mul(LOG2_E).add(ROUND);
            FloatVector whole = shifted.sub(ROUND);
            FloatVector rest = exponent.sub(whole.mul(LN2_HIGH)).sub(whole.mul(LN2_LOW));
            // Taylor to degree 7 on |rest| <= ln(2)/2: the first term left out is 5e-9.
            FloatVector sum = rest.mul(1f / 5040f).add(1f / 720f);
            sum = sum.mul(rest).add(1f / 120f);
            sum = sum.mul(rest).add(1f / 24f);
            sum = sum.mul(rest).add(1f / 6f);
            sum = sum.mul(rest).add(0.5f);
            sum = sum.mul(rest).add(1f).mul(rest).add(1f);
            IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            sum.reinterpretAsInts().add(power).reinterpretAsFloats().intoArray(x, i);
        }
    }

    /** ln(1 + x) for x >= 0, within 1e-7 (absolutely near 0, relatively far from it). */
    private static void logOfOneMore(float[] x, int length) {
        IntVector significand = IntVector.broadcast(INTS, 0x7fffff);
        IntVector oneBits = IntVector.broadcast(INTS, 0x3f800000);
        for (int i = 0; i < length; i += LANES) {
            IntVector bits = FloatVector.fromArray(SPECIES, x, i).add(1f).reinterpretAsInts();
            IntVector binade = bits.lanewise(VectorOperators.LSHR, 23).sub(127);
            FloatVector t = bits.and(significand).or(oneBits).reinterpretAsFloats().sub(1f);
            // Series of the inverse hyperbolic tangent of t / (2 + t), which is at most 1/3.
            FloatVector s = t.div(t.add(2f));
            FloatVector s2 = s.mul(s);
            FloatVector sum = s2.mul(1f / 13f).add(1f / 11f);
            sum = sum.mul(s2).add(1f / 9f);
            sum = sum.mul(s2).add(1f / 7f);
            sum = sum.mul(s2).add(1f / 5f);
            sum = sum.mul(s2).add(1f / 3f);
            sum = sum.mul(s2).add(1f).mul(s).mul(2f);
            FloatVector exponent = (FloatVector) binade.convert(VectorOperators.I2F, 0);
            exponent.mul(LN2).add(sum).intoArray(x, i);
        }
    }
}
