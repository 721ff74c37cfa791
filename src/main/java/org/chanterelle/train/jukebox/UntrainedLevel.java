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
    private UntrainedLevel() {}

    /** Torch's defaults: uniform within one over the root of a kernel's inputs, a transposed one's counted as torch counts them. */
    public static Map<String, Tensor> network(VqVaeConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        double bound = 1;
        for (Map.Entry<String, int[]> entry : config.networkShapes().entrySet()) {
            int[] shape = entry.getValue();
            if (shape.length == 3) {
                bound = 1 / Math.sqrt((double) shape[1] * shape[2]);
            }
            float[] values = new float[(int) Tensor.size(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
            tensors.put(entry.getKey(), new Tensor(shape, values));
        }
        return tensors;
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
