package org.chanterelle.inference.jukebox;

import org.chanterelle.inference.Linear;
import org.chanterelle.model.jukebox.TransformerConfig;

/** Room for a few rows on their way through the layers. */
final class RowSpace {
    final int rows;
    final int stride;
    final int wideStride;
    final int deepStride;
    final int heardStride;
    /** What flows through the layers. */
    final float[] x;
    final float[] normed;
    /** Queries, keys and values; afterwards what a layer adds. */
    final float[] wide;
    /** What attention has gathered. */
    final float[] heard;
    /** Between the two halves of the MLP. */
    final float[] deep;
    final int[] offsets;
    final int[] heardOffsets;
    final int[] deepOffsets;
    final float[] scratch = Linear.newScratch();

    RowSpace(TransformerConfig config, int rows) {
        this.rows = rows;
        stride = Linear.padded(config.width());
        wideStride = Math.max(stride, Linear.padded(3 * config.attentionWidth()));
        deepStride = Linear.padded(config.mlpWidth());
        heardStride = Linear.padded(config.attentionWidth());
        x = new float[rows * stride];
        normed = new float[rows * stride];
        wide = new float[rows * wideStride];
        heard = new float[rows * heardStride];
        deep = new float[rows * deepStride];
        offsets = multiples(stride);
        heardOffsets = multiples(heardStride);
        deepOffsets = multiples(deepStride);
    }

    private int[] multiples(int of) {
        int[] multiples = new int[rows];
        for (int row = 0; row < rows; row++) {
            multiples[row] = row * of;
        }
        return multiples;
    }
}
