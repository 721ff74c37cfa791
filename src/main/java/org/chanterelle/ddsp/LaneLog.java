package org.chanterelle.ddsp;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Natural logarithm of a vector: rounds alike before and after compilation, unlike the vector library's own. */
final class LaneLog {
    private static final int SQRT_HALF_BITS = 0x3f3504f3;
    private static final int MANTISSA_BITS = 23;
    private static final float LN_2 = (float) Math.log(2);

    private LaneLog() {}

    /** Of positive, normal values, within 2e-7: twice the area tangent of (m - 1) / (m + 1), m near 1. */
    static FloatVector of(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        FloatVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS)).reinterpretAsFloats();
        FloatVector s = m.sub(1f).div(m.add(1f));
        FloatVector squared = s.mul(s);
        FloatVector series = squared.mul(2f / 9).add(2f / 7).fma(squared, FloatVector.broadcast(LaneFft.SPECIES, 2f / 5))
                .fma(squared, FloatVector.broadcast(LaneFft.SPECIES, 2f / 3))
                .fma(squared, FloatVector.broadcast(LaneFft.SPECIES, 2f));
        FloatVector e = (FloatVector) exponent.convertShape(VectorOperators.I2F, LaneFft.SPECIES, 0);
        return e.fma(FloatVector.broadcast(LaneFft.SPECIES, LN_2), series.mul(s));
    }
}
