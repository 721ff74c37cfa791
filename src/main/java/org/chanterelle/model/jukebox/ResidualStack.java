package org.chanterelle.model.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.Map;
import org.chanterelle.model.Scaled;

/**
 * Residual dilated convolutions one after another: rectifier, kernel 3, rectifier, kernel 1, added to the input. Holds no array of its
 * own.
 *
 * @param name prefix of the weights' names
 * @param weights all weights by name
 * @param dilations one for each convolution
 * @param share of what a convolution makes that is added
 */
public record ResidualStack(String name, Map<String, NDArray> weights, int[] dilations, float share) {
    /** Adds all of it. */
    public ResidualStack(String name, Map<String, NDArray> weights, int[] dilations) {
        this(name, weights, dilations, 1f);
    }

    /** The stack of {@code x}, shape (batch, channels, frames); the same shape. */
    public NDArray forward(NDArray x) {
        NDArray sum = x;
        for (int i = 0; i < dilations.length; i++) {
            String unit = name + ".model." + i + ".model.";
            NDArray hidden = Convolution.same(weights, unit + "1", Activation.relu(sum), dilations[i]);
            NDArray made = Convolution.same(weights, unit + "3", Activation.relu(hidden), 1);
            sum = sum.add(share == 1f ? made : Scaled.by(share, made));
        }
        return sum;
    }
}
