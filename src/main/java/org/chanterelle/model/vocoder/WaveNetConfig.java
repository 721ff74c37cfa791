package org.chanterelle.model.vocoder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.ModelConfig;

/**
 * Size of a WaveNet (van den Oord et al. 2016) that a mel spectrogram conditions.
 *
 * @param layers dilated layers
 * @param cycle layers after which the dilations begin at 1 again; the dilation doubles from layer to layer
 * @param channels residual channels
 * @param skip skip channels
 * @param condition channels of the condition at audio rate; 0 for a network without mel
 */
public record WaveNetConfig(int layers, int cycle, int channels, int skip, int condition) implements ModelConfig {
    /** Values of an audio frame. */
    public static final int CODES = 256;

    /** Stride and half width of the first transposed convolution. */
    public static final int FIRST_STRIDE = 8;

    /** Of the second. */
    public static final int SECOND_STRIDE = 16;

    /** The published size: dilations to 512, twice. */
    public static WaveNetConfig published() {
        return new WaveNetConfig(20, 10, 64, 256, 80);
    }

    @Override
    public String kind() {
        return VocoderCard.KIND;
    }

    /** Audio frames by which a layer looks back. */
    public int dilation(int layer) {
        return 1 << layer % cycle;
    }

    /** Audio frames that one value depends on. */
    public int receptiveField() {
        int sum = 2;
        for (int layer = 0; layer < layers; layer++) {
            sum += dilation(layer);
        }
        return sum;
    }

    /** Names of the published vectors; Conv1d (out, in, width), ConvTranspose1d (in, out, width). */
    @Override
    public Map<String, int[]> weightShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("embed.weight", new int[] {CODES, channels});
        if (condition > 0) {
            shapes.put("up1.weight", new int[] {ParallelConfig.BANDS, condition, 2 * FIRST_STRIDE});
            shapes.put("up1.bias", new int[] {condition});
            shapes.put("up2.weight", new int[] {condition, condition, 2 * SECOND_STRIDE});
            shapes.put("up2.bias", new int[] {condition});
        }
        for (int layer = 0; layer < layers; layer++) {
            String name = "l" + layer + ".";
            shapes.put(name + "dil.weight", new int[] {2 * channels, channels, 2});
            shapes.put(name + "dil.bias", new int[] {2 * channels});
            if (condition > 0) {
                shapes.put(name + "cond.weight", new int[] {2 * channels, condition, 1});
            }
            shapes.put(name + "res.weight", new int[] {channels, channels, 1});
            shapes.put(name + "res.bias", new int[] {channels});
            shapes.put(name + "skip.weight", new int[] {skip, channels, 1});
            shapes.put(name + "skip.bias", new int[] {skip});
        }
        shapes.put("out1.weight", new int[] {skip, skip, 1});
        shapes.put("out1.bias", new int[] {skip});
        shapes.put("out2.weight", new int[] {CODES, skip, 1});
        shapes.put("out2.bias", new int[] {CODES});
        return shapes;
    }
}
