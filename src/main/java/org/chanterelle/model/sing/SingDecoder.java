package org.chanterelle.model.sing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.util.Map;

/**
 * The decoder: representations to audio. Its convolutions are matrix products, and its transposed one a matrix product with
 * overlapping sums, which DJL lacks. Holds no array of its own.
 */
public final class SingDecoder {
    private final SingConfig config;
    private final Map<String, NDArray> weights;

    /** With weights by the names and shapes of {@link SingConfig#weightShapes()}; those of the generator may be absent. */
    public SingDecoder(SingConfig config, Map<String, NDArray> weights) {
        this.config = config;
        this.weights = weights;
    }

    /**
     * Audio of representations, at the model's rate.
     *
     * @param representation shape (batch, frames, representation)
     * @return shape (batch, {@link SingConfig#outputSamples} of the frames)
     */
    public NDArray forward(NDArray representation) {
        return overlapAdd(grains(representation));
    }

    /**
     * What each control frame adds to the audio.
     *
     * @param representation shape (batch, frames, representation)
     * @return shape (batch, frames - context + 1, kernel); grain i begins at audio frame i strides, before stripping
     */
    public NDArray grains(NDArray representation) {
        NDArray hidden = Activation.relu(contextual(representation));
        for (int layer = 1; layer <= SingConfig.REWRITES; layer++) {
            hidden = Activation.relu(pointwise(weights, "dec.layers." + 2 * layer, hidden));
        }
        NDArray kernel = weights.get("dec.layers.6.conv_tr.weight");
        NDArray windowed = kernel.reshape(config.channels(), config.kernel())
                .mul(SingWindow.on(kernel.getManager(), config.kernel()));
        return hidden.matMul(windowed);
    }

    private NDArray contextual(NDArray x) {
        NDArray weight = weights.get("dec.layers.0.weight");
        int context = config.context();
        long frames = x.getShape().get(1) - context + 1;
        NDList shifted = new NDList();
        for (int i = 0; i < context; i++) {
            shifted.add(x.get(new NDIndex(":, {}:{}, :", i, i + frames)));
        }
        NDArray matrix = weight.transpose(0, 2, 1)
                .reshape(new Shape(config.channels(), (long) context * config.representation()));
        return Linear.linear(NDArrays.concat(shifted, 2), matrix, weights.get("dec.layers.0.bias")).singletonOrThrow();
    }

    /** A convolution of width 1 along the frames of {@code x}, shape (batch, frames, inputs). */
    static NDArray pointwise(Map<String, NDArray> weights, String name, NDArray x) {
        NDArray weight = weights.get(name + ".weight");
        NDArray matrix = weight.reshape(weight.getShape().get(0), weight.getShape().get(1));
        return Linear.linear(x, matrix, weights.get(name + ".bias")).singletonOrThrow();
    }

    /** Sums overlapping grains and drops both ends, where grains are missing. */
    private NDArray overlapAdd(NDArray grains) {
        int overlap = config.kernel() / config.stride();
        long batch = grains.getShape().get(0);
        long frames = grains.getShape().get(1);
        long blocks = frames - overlap + 1;
        NDArray parts = grains.reshape(batch, frames, overlap, config.stride());
        NDArray sum = null;
        for (int i = 0; i < overlap; i++) {
            long first = overlap - 1 - i;
            NDArray part = parts.get(new NDIndex(":, {}:{}, {}, :", first, first + blocks, i));
            sum = sum == null ? part : sum.add(part);
        }
        return sum.reshape(batch, blocks * config.stride()).add(weights.get("dec.layers.6.conv_tr.bias"));
    }
}
