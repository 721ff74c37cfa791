package org.chanterelle.model.vocoder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.ModelConfig;

/**
 * Size of the parallel vocoder: residual convolutions at the rate of the mel spectrogram, as in ConvNeXt (Liu et al. 2022) and Vocos
 * (Siuzdak 2023), before an inverse-STFT head.
 *
 * @param channels width between the blocks
 * @param hidden width within a block
 * @param blocks residual blocks
 * @param kernel rows that a convolution sees, odd
 */
public record ParallelConfig(int channels, int hidden, int blocks, int kernel) implements ModelConfig {
    /** Bands of the mel spectrogram. */
    public static final int BANDS = 80;

    /** Bins of the spectra that the head gives: a transform of 1,024 frames. */
    public static final int BINS = 513;

    /** Log-mel values are moved by this much, then divided by {@link #INPUT_SCALE}, before the network. */
    public static final float INPUT_OFFSET = 6f;

    /** See {@link #INPUT_OFFSET}. */
    public static final float INPUT_SCALE = 3f;

    /** Of the layer norms. */
    public static final float EPSILON = 1e-5f;

    @Override
    public String kind() {
        return VocoderCard.KIND;
    }

    /** Names as torch would have them; Linear (out, in), Conv1d (out, in / groups, width). */
    @Override
    public Map<String, int[]> weightShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("embed.weight", new int[] {channels, BANDS, kernel});
        shapes.put("embed.bias", new int[] {channels});
        norm(shapes, "norm");
        for (int i = 0; i < blocks; i++) {
            String block = "blocks." + i + ".";
            shapes.put(block + "depthwise.weight", new int[] {channels, 1, kernel});
            shapes.put(block + "depthwise.bias", new int[] {channels});
            norm(shapes, block + "norm");
            shapes.put(block + "in.weight", new int[] {hidden, channels});
            shapes.put(block + "in.bias", new int[] {hidden});
            shapes.put(block + "out.weight", new int[] {channels, hidden});
            shapes.put(block + "out.bias", new int[] {channels});
        }
        norm(shapes, "final");
        shapes.put("head.weight", new int[] {2 * BINS, channels});
        shapes.put("head.bias", new int[] {2 * BINS});
        return shapes;
    }

    private void norm(Map<String, int[]> shapes, String name) {
        shapes.put(name + ".weight", new int[] {channels});
        shapes.put(name + ".bias", new int[] {channels});
    }
}
