package org.chanterelle.inference;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of a panel of weights, four vectors' worth of rows stored column by column, with several inputs, four at a time: the panel's
 * columns then stay in the first-level cache while all inputs pass. Each sum is one chain of multiply-adds in the columns' order, however
 * many inputs there are, so that none depends on its neighbours.
 */
final class PanelProduct {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Rows of weights in a panel. */
    static final int PANEL = 4 * LANES;

    /** Columns at a time: 32 KiB of weights with the widest vectors. An even number, for pairs of half-precision weights. */
    static final int BLOCK = 128;

    private PanelProduct() {}

    /** Begins the sums of a panel. */
    static void clear(int rows, float[] out, int at, int outStride) {
        for (int row = 0; row < rows; row++) {
            Arrays.fill(out, row * outStride + at, row * outStride + at + PANEL, 0f);
        }
    }

    /**
     * Adds the products of some columns.
     *
     * @param weight place of the first column's first weight
     * @param column number of the first column: where in each input its value lies
     * @param at place of the panel's first sum in the first row of {@code out}
     */
    static void add(float[] weights, int weight, int column, int count, float[] in, int[] offsets, int rows, float[] out, int at,
            int outStride) {
        int row = 0;
        for (; row <= rows - 4; row += 4) {
            rows4(weights, weight, count, in, offsets[row] + column, offsets[row + 1] + column, offsets[row + 2] + column,
                    offsets[row + 3] + column, out, row * outStride + at, outStride);
        }
        if (row <= rows - 2) {
            rows2(weights, weight, count, in, offsets[row] + column, offsets[row + 1] + column, out, row * outStride + at,
                    outStride);
            row += 2;
        }
        if (row < rows) {
            rows1(weights, weight, count, in, offsets[row] + column, out, row * outStride + at, outStride);
        }
    }

    /** Scales the sums and adds the biases. */
    static void finish(int rows, float[] out, int at, int outStride, float scale, float[] bias) {
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        for (int row = 0; row < rows; row++) {
            for (int lane = at; lane < at + PANEL; lane += LANES) {
                int place = row * outStride + lane;
                FloatVector.fromArray(SPECIES, out, place).fma(factor, FloatVector.fromArray(SPECIES, bias, lane))
                        .intoArray(out, place);
            }
        }
    }

    private static void rows4(float[] weights, int weight, int count, float[] in, int in0, int in1, int in2, int in3, float[] out,
            int at, int outStride) {
        FloatVector sum00 = FloatVector.fromArray(SPECIES, out, at);
        FloatVector sum01 = FloatVector.fromArray(SPECIES, out, at + LANES);
        FloatVector sum02 = FloatVector.fromArray(SPECIES, out, at + 2 * LANES);
        FloatVector sum03 = FloatVector.fromArray(SPECIES, out, at + 3 * LANES);
        FloatVector sum10 = FloatVector.fromArray(SPECIES, out, at + outStride);
        FloatVector sum11 = FloatVector.fromArray(SPECIES, out, at + outStride + LANES);
        FloatVector sum12 = FloatVector.fromArray(SPECIES, out, at + outStride + 2 * LANES);
        FloatVector sum13 = FloatVector.fromArray(SPECIES, out, at + outStride + 3 * LANES);
        FloatVector sum20 = FloatVector.fromArray(SPECIES, out, at + 2 * outStride);
        FloatVector sum21 = FloatVector.fromArray(SPECIES, out, at + 2 * outStride + LANES);
        FloatVector sum22 = FloatVector.fromArray(SPECIES, out, at + 2 * outStride + 2 * LANES);
        FloatVector sum23 = FloatVector.fromArray(SPECIES, out, at + 2 * outStride + 3 * LANES);
        FloatVector sum30 = FloatVector.fromArray(SPECIES, out, at + 3 * outStride);
        FloatVector sum31 = FloatVector.fromArray(SPECIES, out, at + 3 * outStride + LANES);
        FloatVector sum32 = FloatVector.fromArray(SPECIES, out, at + 3 * outStride + 2 * LANES);
        FloatVector sum33 = FloatVector.fromArray(SPECIES, out, at + 3 * outStride + 3 * LANES);
        for (int column = 0, w = weight; column < count; column++, w += PANEL) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, weights, w);
            FloatVector w1 = FloatVector.fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(SPECIES, weights, w + 3 * LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, in[in0 + column]);
            sum00 = x0.fma(w0, sum00);
            sum01 = x0.fma(w1, sum01);
            sum02 = x0.fma(w2, sum02);
            sum03 = x0.fma(w3, sum03);
            FloatVector x1 = FloatVector.broadcast(SPECIES, in[in1 + column]);
            sum10 = x1.fma(w0, sum10);
            sum11 = x1.fma(w1, sum11);
            sum12 = x1.fma(w2, sum12);
            sum13 = x1.fma(w3, sum13);
            FloatVector x2 = FloatVector.broadcast(SPECIES, in[in2 + column]);
            sum20 = x2.fma(w0, sum20);
            sum21 = x2.fma(w1, sum21);
            sum22 = x2.fma(w2, sum22);
            sum23 = x2.fma(w3, sum23);
            FloatVector x3 = FloatVector.broadcast(SPECIES, in[in3 + column]);
            sum30 = x3.fma(w0, sum30);
            sum31 = x3.fma(w1, sum31);
            sum32 = x3.fma(w2, sum32);
            sum33 = x3.fma(w3, sum33);
        }
        sum00.intoArray(out, at);
        sum01.intoArray(out, at + LANES);
        sum02.intoArray(out, at + 2 * LANES);
        sum03.intoArray(out, at + 3 * LANES);
        sum10.intoArray(out, at + outStride);
        sum11.intoArray(out, at + outStride + LANES);
        sum12.intoArray(out, at + outStride + 2 * LANES);
        sum13.intoArray(out, at + outStride + 3 * LANES);
        sum20.intoArray(out, at + 2 * outStride);
        sum21.intoArray(out, at + 2 * outStride + LANES);
        sum22.intoArray(out, at + 2 * outStride + 2 * LANES);
        sum23.intoArray(out, at + 2 * outStride + 3 * LANES);
        sum30.intoArray(out, at + 3 * outStride);
        sum31.intoArray(out, at + 3 * outStride + LANES);
        sum32.intoArray(out, at + 3 * outStride + 2 * LANES);
        sum33.intoArray(out, at + 3 * outStride + 3 * LANES);
    }

    private static void rows2(float[] weights, int weight, int count, float[] in, int in0, int in1, float[] out, int at,
            int outStride) {
        FloatVector sum00 = FloatVector.fromArray(SPECIES, out, at);
        FloatVector sum01 = FloatVector.fromArray(SPECIES, out, at + LANES);
        FloatVector sum02 = FloatVector.fromArray(SPECIES, out, at + 2 * LANES);
        FloatVector sum03 = FloatVector.fromArray(SPECIES, out, at + 3 * LANES);
        FloatVector sum10 = FloatVector.fromArray(SPECIES, out, at + outStride);
        FloatVector sum11 = FloatVector.fromArray(SPECIES, out, at + outStride + LANES);
        FloatVector sum12 = FloatVector.fromArray(SPECIES, out, at + outStride + 2 * LANES);
        FloatVector sum13 = FloatVector.fromArray(SPECIES, out, at + outStride + 3 * LANES);
        for (int column = 0, w = weight; column < count; column++, w += PANEL) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, weights, w);
            FloatVector w1 = FloatVector.fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(SPECIES, weights, w + 3 * LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, in[in0 + column]);
            sum00 = x0.fma(w0, sum00);
            sum01 = x0.fma(w1, sum01);
            sum02 = x0.fma(w2, sum02);
            sum03 = x0.fma(w3, sum03);
            FloatVector x1 = FloatVector.broadcast(SPECIES, in[in1 + column]);
            sum10 = x1.fma(w0, sum10);
            sum11 = x1.fma(w1, sum11);
            sum12 = x1.fma(w2, sum12);
            sum13 = x1.fma(w3, sum13);
        }
        sum00.intoArray(out, at);
        sum01.intoArray(out, at + LANES);
        sum02.intoArray(out, at + 2 * LANES);
        sum03.intoArray(out, at + 3 * LANES);
        sum10.intoArray(out, at + outStride);
        sum11.intoArray(out, at + outStride + LANES);
        sum12.intoArray(out, at + outStride + 2 * LANES);
        sum13.intoArray(out, at + outStride + 3 * LANES);
    }

    private static void rows1(float[] weights, int weight, int count, float[] in, int in0, float[] out, int at, int outStride) {
        FloatVector sum00 = FloatVector.fromArray(SPECIES, out, at);
        FloatVector sum01 = FloatVector.fromArray(SPECIES, out, at + LANES);
        FloatVector sum02 = FloatVector.fromArray(SPECIES, out, at + 2 * LANES);
        FloatVector sum03 = FloatVector.fromArray(SPECIES, out, at + 3 * LANES);
        for (int column = 0, w = weight; column < count; column++, w += PANEL) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, weights, w);
            FloatVector w1 = FloatVector.fromArray(SPECIES, weights, w + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, weights, w + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(SPECIES, weights, w + 3 * LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, in[in0 + column]);
            sum00 = x0.fma(w0, sum00);
            sum01 = x0.fma(w1, sum01);
            sum02 = x0.fma(w2, sum02);
            sum03 = x0.fma(w3, sum03);
        }
        sum00.intoArray(out, at);
        sum01.intoArray(out, at + LANES);
        sum02.intoArray(out, at + 2 * LANES);
        sum03.intoArray(out, at + 3 * LANES);
    }
}
