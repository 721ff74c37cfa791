package org.chanterelle.train.jukebox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.train.Parameters;

/** Weights that training begins with. */
final class PriorWeights {
    private static final double LINEAR = 0.02;
    private static final double LABEL = 0.01;

    private PriorWeights() {}

    /** As published: normally distributed, biases 0, norms 1; the readers of lyrics add nothing yet. */
    static Parameters initialise(PriorConfig config, double scale, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.weightShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            double spread = spread(name, shape, scale);
            if (name.matches(".*\\.(ln|ln_0|ln_1)\\.weight|.*state_ln\\.weight")) {
                Arrays.fill(values, 1f);
            } else if (spread > 0) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (spread * random.nextGaussian());
                }
            }
            tensors.put(name, new Tensor(shape, values));
        });
        return Parameters.of(tensors);
    }

    private static double spread(String name, int[] shape, double scale) {
        boolean silent = name.startsWith(PriorConfig.LYRICS + "readers.") && name.contains("c_proj");
        if (shape.length == 1 || silent) {
            return 0;
        }
        if (name.startsWith("y_emb.") || name.contains("pos_emb")) {
            return LABEL * scale;
        }
        boolean convolution = shape.length == 3;
        return convolution ? 1 / Math.sqrt(3.0 * shape[1] * shape[2]) : LINEAR * scale;
    }

    /**
     * Takes over all that another model of the same transformer has: what it said before it says still, since what it has not adds
     * nothing yet.
     */
    static void adopt(Parameters weights, Map<String, Tensor> others) {
        weights.tensors().forEach((name, tensor) -> {
            Tensor other = others.get(name);
            if (other != null && Arrays.equals(other.shape(), tensor.shape())) {
                System.arraycopy(other.values(), 0, tensor.values(), 0, tensor.values().length);
            }
        });
    }
}
