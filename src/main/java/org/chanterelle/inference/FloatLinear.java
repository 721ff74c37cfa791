package org.chanterelle.inference;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A linear layer of any weights. Four vectors' worth of rows make a panel, stored column by
 * column, the last panel padded with zero rows: the weights are then read once, in one ascending stream, which is what bounds the
 * speed (a 512-unit decoder is 19 MB), and no sum across lanes is ever needed. Immutable; shared by all voices.
 */
final class FloatLinear implements Linear {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = 4 * LANES;

    private final int columns;
    private final int paddedRows;
    private final float[] weights;
    private final float[] bias;

    /** Packs {@code weight}, shape (rows, columns) row by row, and {@code bias}, shape (rows). */
    FloatLinear(float[] weight, float[] bias, int columns) {
        this.columns = columns;
        int rows = bias.length;
        paddedRows = Linear.padded(rows);
        weights = new float[paddedRows * columns];
        this.bias = java.util.Arrays.copyOf(bias, paddedRows);
        for (int row = 0; row < rows; row++) {
            int panelStart = row / PANEL * PANEL * columns + row % PANEL;
            for (int column = 0; column < columns; column++) {
                weights[panelStart + column * PANEL] = weight[row * columns + column];
            }
        }
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
                PanelProduct.add(weights, row * columns + column * PANEL, column, count, in, offsets, rows, out, row, outStride);
            }
            PanelProduct.finish(rows, out, row, outStride, 1f, bias);
        }
    }

    private void panel(float[] in, int row, float[] out) {
        // Two accumulators a row hide the latency of the multiply-add, and halve the growth of the rounding error.
        FloatVector even0 = FloatVector.fromArray(SPECIES, bias, row);
        FloatVector even1 = FloatVector.fromArray(SPECIES, bias, row + LANES);
        FloatVector even2 = FloatVector.fromArray(SPECIES, bias, row + 2 * LANES);
        FloatVector even3 = FloatVector.fromArray(SPECIES, bias, row + 3 * LANES);
        FloatVector odd0 = FloatVector.zero(SPECIES);
        FloatVector odd1 = odd0;
        FloatVector odd2 = odd0;
        FloatVector odd3 = odd0;
        int w = row * columns;
        int column = 0;
        for (; column < columns - 1; column += 2, w += 2 * PANEL) {
            FloatVector x = FloatVector.broadcast(SPECIES, in[column]);
            even0 = x.fma(FloatVector.fromArray(SPECIES, weights, w), even0);
            even1 = x.fma(FloatVector.fromArray(SPECIES, weights, w + LANES), even1);
            even2 = x.fma(FloatVector.fromArray(SPECIES, weights, w + 2 * LANES), even2);
            even3 = x.fma(FloatVector.fromArray(SPECIES, weights, w + 3 * LANES), even3);
            FloatVector y = FloatVector.broadcast(SPECIES, in[column + 1]);
            odd0 = y.fma(FloatVector.fromArray(SPECIES, weights, w + 4 * LANES), odd0);
            odd1 = y.fma(FloatVector.fromArray(SPECIES, weights, w + 5 * LANES), odd1);
            odd2 = y.fma(FloatVector.fromArray(SPECIES, weights, w + 6 * LANES), odd2);
            odd3 = y.fma(FloatVector.fromArray(SPECIES, weights, w + 7 * LANES), odd3);
        }
        if (column < columns) {
            FloatVector x = FloatVector.broadcast(SPECIES, in[column]);
            even0 = x.fma(FloatVector.fromArray(SPECIES, weights, w), even0);
            even1 = x.fma(FloatVector.fromArray(SPECIES, weights, w + LANES), even1);
            even2 = x.fma(FloatVector.fromArray(SPECIES, weights, w + 2 * LANES), even2);
            even3 = x.fma(FloatVector.fromArray(SPECIES, weights, w + 3 * LANES), even3);
        }
        even0.add(odd0).intoArray(out, row);
        even1.add(odd1).intoArray(out, row + LANES);
        even2.add(odd2).intoArray(out, row + 2 * LANES);
        even3.add(odd3).intoArray(out, row + 3 * LANES);
    }
}
