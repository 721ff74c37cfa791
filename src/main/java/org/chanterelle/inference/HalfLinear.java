package org.chanterelle.inference;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layout of {@link FloatLinear} with two 16-bit weights, of an even and an odd column, in each int: half the bytes, and the
 * bytes set the speed as soon as the weights outgrow the second-level cache. Nothing is lost: a float16 weight is re-coded with
 * another exponent bias, in which even its subnormals are normal numbers, so that a shift and a bit mask restore the float.
 * Zero becomes 2^-31 of the layer's largest binade.
 */
final class HalfLinear implements Linear {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = 4 * LANES;

    /** Sign, low five bits of the exponent, ten of the significand. */
    private static final int KEPT_BITS = 0x8fffe000;
    /** The three high bits of the exponent: with five free ones below, the codes cover 2^-31 to 2. */
    private static final int EXPONENT_BITS = 0x30000000;

    private static final int TOP_EXPONENT = 0;

    private final int columns;
    private final int paddedRows;
    private final int[] weights;
    private final float[] bias;
    private final float scale;

    private HalfLinear(float[] weight, float[] bias, int columns, int exponent) {
        this.columns = columns;
        paddedRows = Linear.padded(bias.length);
        weights = new int[paddedRows * columns / 2];
        this.bias = java.util.Arrays.copyOf(bias, paddedRows);
        scale = Math.scalb(1f, exponent);
        for (int row = 0; row < bias.length; row++) {
            int panelStart = row / PANEL * PANEL * (columns / 2) + row % PANEL;
            for (int column = 0; column < columns; column += 2) {
                int even = code(weight[row * columns + column], exponent);
                int odd = code(weight[row * columns + column + 1], exponent);
                weights[panelStart + column / 2 * PANEL] = odd << 16 | even;
            }
        }
    }

    /** The layer in 16-bit form, or null where a weight would not survive it: not a float16, or too small beside the largest. */
    static HalfLinear ofExact(float[] weight, float[] bias, int columns) {
        if (columns % 2 != 0) {
            return null;
        }
        float largest = 0f;
        for (float w : weight) {
            largest = Math.max(largest, Math.abs(w));
        }
        int exponent = Math.max(Math.getExponent(largest), -24) - TOP_EXPONENT;
        for (float w : weight) {
            boolean fits = w == 0f || Math.getExponent(w) >= exponent - 31 && (Float.floatToRawIntBits(w) & 0x1fff) == 0;
            if (!fits || !Float.isFinite(w)) {
                return null;
            }
        }
        return new HalfLinear(weight, bias, columns, exponent);
    }

    private static int code(float weight, int exponent) {
        if (weight == 0f) {
            return 0;
        }
        int bits = Float.floatToRawIntBits(Math.scalb(weight, -exponent));
        return (bits >>> 16 & 0x8000) | (bits >>> 13 & 0x7fff);
    }

    @Override
    public void apply(float[] in, float[] out) {
        for (int row = 0; row < paddedRows; row += PANEL) {
            panel(in, row, out);
        }
    }

    @Override
    public void applyRows(float[] in, int[] offsets, int rows, float[] out, int outStride, float[] scratch) {
        for (int row = 0; row < paddedRows; row += PANEL) {
            PanelProduct.clear(rows, out, row, outStride);
            for (int column = 0; column < columns; column += PanelProduct.BLOCK) {
                int count = Math.min(PanelProduct.BLOCK, columns - column);
                unpack(row * (columns / 2) + column / 2 * PANEL, count / 2, scratch);
                PanelProduct.add(scratch, 0, column, count, in, offsets, rows, out, row, outStride);
            }
            PanelProduct.finish(rows, out, row, outStride, scale, bias);
        }
    }

    /** Writes a panel's columns as floats, unscaled. */
    private void unpack(int from, int pairs, float[] to) {
        IntVector kept = IntVector.broadcast(SPECIES, KEPT_BITS);
        IntVector exponent = IntVector.broadcast(SPECIES, EXPONENT_BITS);
        for (int pair = 0; pair < pairs; pair++) {
            for (int lane = 0; lane < PANEL; lane += LANES) {
                IntVector codes = IntVector.fromArray(SPECIES, weights, from + pair * PANEL + lane);
                int at = 2 * pair * PANEL + lane;
                codes.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 3).and(kept).or(exponent)
                        .reinterpretAsFloats().intoArray(to, at);
                codes.lanewise(VectorOperators.ASHR, 3).and(kept).or(exponent).reinterpretAsFloats().intoArray(to, at + PANEL);
            }
        }
    }

    private void panel(float[] in, int row, float[] out) {
        // As vectors made here, not scalars broadcast at each use: the latter was six times slower.
        IntVector kept = IntVector.broadcast(SPECIES, KEPT_BITS);
        IntVector exponent = IntVector.broadcast(SPECIES, EXPONENT_BITS);
        FloatVector even0 = FloatVector.zero(FLOATS);
        FloatVector even1 = even0;
        FloatVector even2 = even0;
        FloatVector even3 = even0;
        FloatVector odd0 = even0;
        FloatVector odd1 = even0;
        FloatVector odd2 = even0;
        FloatVector odd3 = even0;
        int w = row * (columns / 2);
        for (int column = 0; column < columns; column += 2, w += PANEL) {
            FloatVector x = FloatVector.broadcast(FLOATS, in[column]);
            FloatVector y = FloatVector.broadcast(FLOATS, in[column + 1]);
            IntVector pair0 = IntVector.fromArray(SPECIES, weights, w);
            IntVector pair1 = IntVector.fromArray(SPECIES, weights, w + LANES);
            IntVector pair2 = IntVector.fromArray(SPECIES, weights, w + 2 * LANES);
            IntVector pair3 = IntVector.fromArray(SPECIES, weights, w + 3 * LANES);
            even0 = x.fma(even(pair0, kept, exponent), even0);
            even1 = x.fma(even(pair1, kept, exponent), even1);
            even2 = x.fma(even(pair2, kept, exponent), even2);
            even3 = x.fma(even(pair3, kept, exponent), even3);
            odd0 = y.fma(odd(pair0, kept, exponent), odd0);
            odd1 = y.fma(odd(pair1, kept, exponent), odd1);
            odd2 = y.fma(odd(pair2, kept, exponent), odd2);
            odd3 = y.fma(odd(pair3, kept, exponent), odd3);
        }
        store(even0.add(odd0), row, out);
        store(even1.add(odd1), row + LANES, out);
        store(even2.add(odd2), row + 2 * LANES, out);
        store(even3.add(odd3), row + 3 * LANES, out);
    }

    private void store(FloatVector sum, int row, float[] out) {
        FloatVector.broadcast(FLOATS, scale).fma(sum, FloatVector.fromArray(FLOATS, bias, row)).intoArray(out, row);
    }

    private static FloatVector even(IntVector pair, IntVector kept, IntVector exponent) {
        return odd(pair.lanewise(VectorOperators.LSHL, 16), kept, exponent);
    }

    private static FloatVector odd(IntVector pair, IntVector kept, IntVector exponent) {
        return pair.lanewise(VectorOperators.ASHR, 3).and(kept).or(exponent).reinterpretAsFloats();
    }
}
