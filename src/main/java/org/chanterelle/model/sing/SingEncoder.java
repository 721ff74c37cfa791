package org.chanterelle.model.sing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.util.Map;

/** The encoder: audio to representations. Only training needs it. Holds no array of its own. */
public final class SingEncoder {
    private final SingConfig config;
    private final Map<String, NDArray> weights;

    /** With weights by the names and shapes of {@link SingConfig#encoderShapes()}; others may be among them. */
    public SingEncoder(SingConfig config, Map<String, NDArray> weights) {
        this.config = config;
        this.weights = weights;
    }

    /**
     * Representations of audio.
     *
     * @param audio at the model's rate, shape (batch, audioFrames), a whole number of strides, at least a kernel
     * @return shape (batch, (audioFrames - kernel) / stride + 1, representation)
     */
    public NDArray forward(NDArray audio) {
        int overlap = config.kernel() / config.stride();
        long strides = audio.getShape().get(1) / config.stride();
        long frames = strides - overlap + 1;
        NDArray blocks = audio.reshape(audio.getShape().get(0), strides, config.stride());
        NDList shifted = new NDList();
        for (int i = 0; i < overlap; i++) {
            shifted.add(blocks.get(new NDIndex(":, {}:{}, :", i, i + frames)));
        }
        NDArray kernel = weights.get("enc.layers.0.conv.weight");
        NDArray windowed = kernel.reshape(config.channels(), config.kernel())
                .mul(SingWindow.on(kernel.getManager(), config.kernel()));
        NDArray hidden = Activation.relu(
                Linear.linear(NDArrays.concat(shifted, 2), windowed, weights.get("enc.layers.0.conv.bias")).singletonOrThrow());
        for (int layer = 1; layer <= SingConfig.REWRITES; layer++) {
            hidden = Activation.relu(SingDecoder.pointwise(weights, "enc.layers." + 2 * layer, hidden));
        }
        return SingDecoder.pointwise(weights, "enc.layers.6", hidden);
    }
}
