package org.chanterelle.inference;

import java.util.Map;
import jdk.incubator.vector.FloatVector;
import org.chanterelle.model.Tensor;

/** A linear layer laid out for products with one vector after another, or with several at once. Immutable; shared by all voices. */
public sealed interface Linear permits FloatLinear, HalfLinear, PairLinear {
    /** Writes {@code weight * in + bias} to the head of {@code out}, of at least {@code padded(rows)} values; padding becomes 0. */
    void apply(float[] in, float[] out);

    /**
     * Applies the layer to several rows, its weights read once. Each number comes out the same to the last bit whichever rows are
     * beside it; {@link #apply} may differ in the last bits.
     *
     * @param in holds the rows
     * @param offsets where each of them begins in it; they may overlap
     * @param rows how many
     * @param out row by row, each of {@code outStride} values, at least {@code padded(rows)}; padding becomes 0
     * @param scratch from {@link #newScratch}
     */
    void applyRows(float[] in, int[] offsets, int rows, float[] out, int outStride, float[] scratch);

    /** Room for {@link #applyRows} to work in; one for each thread. */
    static float[] newScratch() {
        return new float[PanelProduct.BLOCK * PanelProduct.PANEL];
    }

    /** {@code rows} rounded up to whole panels of four vectors: the least length of an output array. */
    static int padded(int rows) {
        int panel = 4 * FloatVector.SPECIES_PREFERRED.length();
        return (rows + panel - 1) / panel * panel;
    }

    /** Packs the weight and bias of these names. */
    static Linear pack(Map<String, Tensor> weights, String weight, String bias) {
        Tensor matrix = weights.get(weight);
        return pack(matrix.values(), weights.get(bias).values(), matrix.shape()[1]);
    }

    /** Packs {@code weight}, shape (rows, columns) row by row, and {@code bias}, shape (rows), without loss. */
    static Linear pack(float[] weight, float[] bias, int columns) {
        if (weight.length != bias.length * columns) {
            throw new IllegalArgumentException(weight.length + " weights for " + bias.length + " x " + columns);
        }
        PairLinear pair = PairLinear.ofExact(weight, bias, columns);
        if (pair != null) {
            return pair;
        }
        HalfLinear half = HalfLinear.ofExact(weight, bias, columns);
        return half != null ? half : new FloatLinear(weight, bias, columns);
    }
}
