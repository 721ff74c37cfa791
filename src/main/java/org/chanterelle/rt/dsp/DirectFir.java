package org.chanterelle.rt.dsp;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.signal.RealTime;

/** Direct convolution with the Vector API: for filters of a few hundred taps faster than an FFT, and without its delay. */
final class DirectFir {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Frames that {@link #convolve} may read and write beyond the last one asked for. */
    static final int SLACK = 4 * LANES;

    private DirectFir() {}

    /**
     * Writes {@code out[outOffset + n] = sum over t of taps[t] in[inOffset + n - t]} for {@code n < frames}, t from {@code firstTap}
     * (inclusive) to {@code lastTap} (exclusive). Both arrays must have {@link #SLACK} more elements; those of {@code out} are
     * overwritten with values of no use.
     */
    @RealTime
    static void convolve(
            float[] taps, int firstTap, int lastTap, float[] in, int inOffset, float[] out, int outOffset, int frames) {
        // A vector method of its own for the last few frames would run so seldom that its vectors are never compiled away.
        for (int n = 0; n < frames; n += 4 * LANES) {
            fourVectors(taps, firstTap, lastTap, in, inOffset + n, out, outOffset + n);
        }
    }

    @RealTime
    static void fourVectors(float[] taps, int firstTap, int lastTap, float[] in, int at, float[] out, int to) {
        FloatVector y0 = FloatVector.zero(SPECIES);
        FloatVector y1 = y0;
        FloatVector y2 = y0;
        FloatVector y3 = y0;
        for (int t = firstTap; t < lastTap; t++) {
            FloatVector tap = FloatVector.broadcast(SPECIES, taps[t]);
            int from = at - t;
            y0 = FloatVector.fromArray(SPECIES, in, from).fma(tap, y0);
            y1 = FloatVector.fromArray(SPECIES, in, from + LANES).fma(tap, y1);
            y2 = FloatVector.fromArray(SPECIES, in, from + 2 * LANES).fma(tap, y2);
            y3 = FloatVector.fromArray(SPECIES, in, from + 3 * LANES).fma(tap, y3);
        }
        y0.intoArray(out, to);
        y1.intoArray(out, to + LANES);
        y2.intoArray(out, to + 2 * LANES);
        y3.intoArray(out, to + 3 * LANES);
    }
}
