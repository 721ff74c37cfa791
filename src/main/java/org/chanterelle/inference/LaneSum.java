package org.chanterelle.inference;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sum of a vector's lanes, halves added to halves. {@code reduceLanes} leaves the order open, and interpreted and compiled code take
 * different ones: what is drawn or rendered would depend on when the compiler came.
 */
public final class LaneSum {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorShuffle<Float> BY_8 = turned(8);
    private static final VectorShuffle<Float> BY_4 = turned(4);
    private static final VectorShuffle<Float> BY_2 = turned(2);
    private static final VectorShuffle<Float> BY_1 = turned(1);

    private LaneSum() {}

    private static VectorShuffle<Float> turned(int lanes) {
        return VectorShuffle.iota(SPECIES, lanes % LANES, 1, true);
    }

    /** Of a vector of the preferred species, 16 lanes at most. */
    public static float of(FloatVector lanes) {
        FloatVector sum = lanes;
        if (LANES > 8) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (LANES > 4) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        if (LANES > 2) {
            sum = sum.add(sum.rearrange(BY_2));
        }
        return LANES > 1 ? sum.add(sum.rearrange(BY_1)).lane(0) : sum.lane(0);
    }
}
