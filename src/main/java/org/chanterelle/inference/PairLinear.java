package org.chanterelle.inference;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layout of {@link FloatLinear} with the weights of an even and an odd column as two bfloat16 in each int. Half the bytes as in
 * {@link HalfLinear}, but a shift or a mask alone restores the float. Only for weights that have no more than 8 significant bits.
 */
final class PairLinear implements Linear {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = 4 * LANES;
    private static final int HIGH = 0xffff0000;

    private final int columns;
    private final int paddedRows;
    private final int[] weights;
    private final float[] bias;

    private PairLinear(float[] weight, float[] bias, int columns) {
        this.columns = columns;
        paddedRows = Linear.padded(bias.length);
        weights = new int[paddedRows * columns / 2];
        this.bias = java.util.Arrays.copyOf(bias, paddedRows);
        for (int row = 0; row < bias.length; row++) {
            int panelStart = row / PANEL * PANEL * (columns / 2) + row % PANEL;
            for (int column = 0; column < columns; column += 2) {
                int even = Float.floatToRawIntBits(weight[row * columns + column]);
                int odd = Float.floatToRawIntBits(weight[row * columns + column + 1]);
                weights[panelStart + column / 2 * PANEL] = odd | even >>> 16;
            }
        }
    }

    /** The layer in 16-bit form, or null where a weight is no bfloat16. */
    static PairLinear ofExact(float[] weight, float[] bias, int columns) {
        if (columns % 2 != 0) {
            return null;
        }
        for (float w : weight) {
            if ((Float.floatToRawIntBits(w) & ~HIGH) != 0) {
                return null;
            }
        }
        return new PairLinear(weight, bias, columns);
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
            PanelProduct.finish(rows, out, row, outStride, 1f, bias);
        }
    }

    private void unpack(int from, int pairs, float[] to) {
        IntVector high = IntVector.broadcast(SPECIES, HIGH);
        for (int pair = 0; pair < pairs; pair++) {
            for (int lane = 0; lane < PANEL; lane += LANES) {
                IntVector codes = IntVector.fromArray(SPECIES, weights, from + pair * PANEL + lane);
                int at = 2 * pair * PANEL + lane;
                codes.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().intoArray(to, at);
                codes.and(high).reinterpretAsFloats().intoArray(to, at + PANEL);
            }
        }
    }

    private void panel(float[] in, int row, float[] out) {
        IntVector high = IntVector.broadcast(SPECIES, HIGH);
        FloatVector even0 = FloatVector.fromArray(FLOATS, bias, row);
        FloatVector even1 = FloatVector.fromArray(FLOATS, bias, row + LANES);
        FloatVector even2 = FloatVector.fromArray(FLOATS, bias, row + 2 * LANES);
        FloatVector even3 = FloatVector.fromArray(FLOATS, bias, row + 3 * LANES);
        FloatVector odd0 = FloatVector.zero(FLOATS);
        FloatVector odd1 = odd0;
        FloatVector odd2 = odd0;
        FloatVector odd3 = odd0;
        int w = row * (columns / 2);
        for (int column = 0; column < columns; column += 2, w += PANEL) {
            FloatVector x = FloatVector.broadcast(FLOATS, in[column]);
            FloatVector y = FloatVector.broadcast(FLOATS, in[column + 1]);
            IntVector pair0 = IntVector.fromArray(SPECIES, weights, w);
            IntVector pair1 = IntVector.fromArray(SPECIES, weights, w + LANES);
            IntVector pair2 = IntVector.fromArray(SPECIES, weights, w + 2 * LANES);
            IntVector pair3 = IntVector.fromArray(SPECIES, weights, w + 3 * LANES);
            even0 = x.fma(pair0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), even0);
            even1 = x.fma(pair1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), even1);
            even2 = x.fma(pair2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), even2);
            even3 = x.fma(pair3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), even3);
            odd0 = y.fma(pair0.and(high).reinterpretAsFloats(), odd0);
            odd1 = y.fma(pair1.and(high).reinterpretAsFloats(), odd1);
            odd2 = y.fma(pair2.and(high).reinterpretAsFloats(), odd2);
            odd3 = y.fma(pair3.and(high).reinterpretAsFloats(), odd3);
        }
        even0.add(odd0).intoArray(out, row);
        even1.add(odd1).intoArray(out, row + LANES);
        even2.add(odd2).intoArray(out, row + 2 * LANES);
        even3.add(odd3).intoArray(out, row + 3 * LANES);
    }
}
