package org.chanterelle.train.jukebox;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.VqVaeConfig;

/** A level as it is before training, and the music that levels are judged by. */
public final class UntrainedLevel {
    private static final String FIRST = "enc.level_blocks.0.model.0.0.weight";
    private static final String LAST = "dec.out.weight";

    /** Recordings lie some 20 dB below full scale. */
    private static final double LOUDER = 8;
    private static final double RESIDUAL = 0.5;

    private UntrainedLevel() {}

    /**
     * Uniform weights that keep the signal's power from layer to layer; what adds to a residual is smaller, biases are 0. Torch's
     * defaults lose it in these chains of up to thirty convolutions, and hundreds of steps pass before the decoder is not silent.
     */
    public static Map<String, Tensor> network(VqVaeConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.networkShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            double bound = shape.length == 3 ? bound(config, name, shape) : 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
            tensors.put(name, new Tensor(shape, values));
        });
        return tensors;
    }

    private static double bound(VqVaeConfig config, String name, int[] shape) {
        boolean transposed = name.startsWith("dec.level") && shape[2] == VqVaeConfig.RATE_KERNEL;
        double inputs = transposed ? shape[0] * VqVaeConfig.RATE_KERNEL / 2.0 : (double) shape[1] * shape[2];
        if (!name.matches(".*\\.model\\.\\d+\\.model\\.\\d+\\.weight")) {
            return Math.sqrt(3 / inputs) * (name.equals(FIRST) ? LOUDER : name.equals(LAST) ? 1 / LOUDER : 1);
        }
        // Behind a rectifier, which halves the power.
        double share = name.endsWith(".1.weight") ? 1 : RESIDUAL / Math.sqrt(config.depth());
        return Math.sqrt(6 / inputs) * share;
    }

    /** A codebook as training begins with it: outputs of the encoder in random order; {@code rows} holds them row after row. */
    public static Tensor codebook(VqVaeConfig config, float[] rows, long seed) {
        float[] vectors = FreshVectors.draw(rows, config.codes(), config.embedding(), new SplittableRandom(seed));
        return new Tensor(new int[] {config.codes(), config.embedding()}, vectors);
    }

    /**
     * Excerpts of recordings held out from training, of {@code length} audio frames at {@code rateHz}, one channel each.
     *
     * @param most how many at most, spread evenly
     */
    public static List<float[]> heldOut(Path data, int rateHz, int length, int most) {
        return MusicSet.heldOut(data, rateHz, length, most);
    }
}
