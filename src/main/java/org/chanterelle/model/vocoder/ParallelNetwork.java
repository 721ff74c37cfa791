package org.chanterelle.model.vocoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.Map;

/**
 * The parallel vocoder on NDArrays. Its head gives spectra, not audio: the logarithm of each bin's magnitude as a correction of what the
 * inverted mel bands have, and how fast the bin's phase turns. A network without memory that sees a steady tone's spectrogram, every row
 * of which is alike, could not let an absolute phase run on; phases are summed up behind it.
 */
public final class ParallelNetwork {
    private final ParallelConfig config;
    private final Map<String, NDArray> weights;

    /** With weights by the names and shapes of {@link ParallelConfig#weightShapes()}. */
    public ParallelNetwork(ParallelConfig config, Map<String, NDArray> weights) {
        this.config = config;
        this.weights = weights;
    }

    /**
     * What the head gives.
     *
     * @param logMagnitudes natural logarithms, shape (batch, rows, 513)
     * @param offsets of each bin's frequency from its middle, in bins, the same shape
     */
    public record Spectra(NDArray logMagnitudes, NDArray offsets) {}

    /**
     * Runs the network.
     *
     * @param logMel shape (batch, rows, 80)
     * @param inverted natural logarithms of the inverted mel bands, shape (batch, rows, 513)
     */
    public Spectra forward(NDArray logMel, NDArray inverted) {
        NDArray x = logMel.add(ParallelConfig.INPUT_OFFSET).div(ParallelConfig.INPUT_SCALE);
        x = norm("norm", convolve("embed", x, 1));
        for (int i = 0; i < config.blocks(); i++) {
            String block = "blocks." + i + ".";
            NDArray y = norm(block + "norm", convolve(block + "depthwise", x, config.channels()));
            NDArray hidden = linear(block + "in", y);
            x = x.add(linear(block + "out", hidden.mul(Activation.sigmoid(hidden))));
        }
        NDArray head = linear("head", norm("final", x));
        return new Spectra(inverted.add(head.get(":, :, :" + ParallelConfig.BINS)),
                head.get(":, :, " + ParallelConfig.BINS + ":"));
    }

    private NDArray convolve(String name, NDArray x, int groups) {
        Shape stride = new Shape(1);
        Shape padding = new Shape(config.kernel() / 2);
        return Conv1d.conv1d(x.transpose(0, 2, 1), weights.get(name + ".weight"), weights.get(name + ".bias"), stride, padding,
                new Shape(1), groups).singletonOrThrow().transpose(0, 2, 1);
    }

    private NDArray norm(String name, NDArray x) {
        NDArray gain = weights.get(name + ".weight");
        return LayerNorm.layerNorm(x, gain.getShape(), gain, weights.get(name + ".bias"), ParallelConfig.EPSILON)
                .singletonOrThrow();
    }

    private NDArray linear(String name, NDArray x) {
        return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias")).singletonOrThrow();
    }
}
