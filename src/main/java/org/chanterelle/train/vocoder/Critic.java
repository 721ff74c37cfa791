package org.chanterelle.train.vocoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.Scaled;

/** The adversary: convolutions over log spectra, and an opinion for each patch of them whether it is of a recording. */
final class Critic {
    /** Prefix of its weights. */
    static final String PREFIX = "critic.";

    private static final int[] CHANNELS = {1, 12, 24, 24, 1};
    private static final float LEAK = 0.2f;
    private static final float CENTRE = 2f;
    private static final float SCALE = 4f;

    private final Map<String, NDArray> weights;

    Critic(Map<String, NDArray> weights) {
        this.weights = weights;
    }

    static Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        for (int i = 0; i + 1 < CHANNELS.length; i++) {
            shapes.put(PREFIX + i + ".weight", new int[] {CHANNELS[i + 1], CHANNELS[i], 3, i == 0 ? 7 : 5});
            shapes.put(PREFIX + i + ".bias", new int[] {CHANNELS[i + 1]});
        }
        return shapes;
    }

    /** Opinions on log magnitudes, shape (crops, rows, bins): high where it believes. */
    NDArray judge(NDArray logMagnitudes) {
        NDArray x = Scaled.by(1 / SCALE, logMagnitudes.add(CENTRE)).expandDims(1);
        for (int i = 0; i + 1 < CHANNELS.length; i++) {
            boolean last = i + 2 == CHANNELS.length;
            Shape stride = last ? new Shape(1, 1) : new Shape(i == 0 ? 1 : 2, i == 0 ? 3 : 2);
            Shape padding = new Shape(1, i == 0 ? 3 : 2);
            x = Conv2d.conv2d(x, weights.get(PREFIX + i + ".weight"), weights.get(PREFIX + i + ".bias"), stride, padding)
                    .singletonOrThrow();
            x = last ? x : Activation.leakyRelu(x, LEAK);
        }
        return x;
    }
}
