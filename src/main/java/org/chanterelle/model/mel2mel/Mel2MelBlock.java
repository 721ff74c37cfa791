package org.chanterelle.model.mel2mel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.Map;

/**
 * The network: roll, 1x1 convolution, FiLM, bidirectional LSTM, FiLM, 1x1 convolution, log-mel. A convolution of width 1 is a linear
 * layer on each control frame. The only non-linearity is the LSTM's. Holds no array of its own.
 */
public final class Mel2MelBlock {
    private final Mel2MelConfig config;
    private final Map<String, NDArray> weights;

    /** With weights by the names and shapes of {@link Mel2MelConfig#weightShapes()}. */
    public Mel2MelBlock(Mel2MelConfig config, Map<String, NDArray> weights) {
        this.config = config;
        this.weights = weights;
    }

    /** Timbres of instruments, by rows of the table; shape (batch, timbreSize). */
    public NDArray timbres(NDManager manager, int[] instruments) {
        return weights.get(Mel2MelConfig.TIMBRES).get(manager.create(instruments));
    }

    /**
     * Log-mel spectrograms.
     *
     * @param roll shape (batch, frames, 176)
     * @param timbre shape (batch, timbreSize), or (batch, frames, timbreSize) where it changes along the piece
     * @return shape (batch, frames, bands)
     */
    public NDArray forward(NDArray roll, NDArray timbre) {
        NDArray each = timbre.getShape().dimension() == 2 ? timbre.expandDims(1) : timbre;
        NDArray x = modulate("film1", linear("input", roll), each);
        NDArray y = lstm(x).get(0);
        return linear("output", modulate("film2", y, each));
    }

    private NDArray modulate(String name, NDArray x, NDArray timbre) {
        return film(x, linear(name + ".gamma", timbre), linear(name + ".beta", timbre));
    }

    /** Feature-wise linear modulation (Perez et al. 2018): {@code gamma x + beta}. */
    public static NDArray film(NDArray x, NDArray gamma, NDArray beta) {
        return x.mul(gamma).add(beta);
    }

    /**
     * The LSTM from a state of zeros in both directions; torch's order of weights, which DJL's own block gets wrong.
     *
     * @param x shape (batch, frames, inputs)
     * @return its outputs, shape (batch, frames, 2 units), and its last states, twice shape (2, batch, units)
     */
    public NDList lstm(NDArray x) {
        NDList parameters = new NDList();
        for (String direction : Mel2MelConfig.DIRECTIONS) {
            parameters.add(weights.get("lstm.weight_ih_l0" + direction));
            parameters.add(weights.get("lstm.weight_hh_l0" + direction));
            parameters.add(weights.get("lstm.bias_ih_l0" + direction));
            parameters.add(weights.get("lstm.bias_hh_l0" + direction));
        }
        Shape shape = new Shape(2, x.getShape().get(0), config.units());
        NDManager manager = x.getManager();
        // Only in its training form does the engine keep what the gradient needs.
        boolean training = parameters.getFirst().hasGradient() || x.hasGradient();
        return x.getNDArrayInternal().lstm(
                x, new NDList(manager.zeros(shape), manager.zeros(shape)), parameters, true, 1, 0.0, training, true, true);
    }

    private NDArray linear(String name, NDArray x) {
        return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias")).singletonOrThrow();
    }
}
