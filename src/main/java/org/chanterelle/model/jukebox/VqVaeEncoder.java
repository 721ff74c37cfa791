package org.chanterelle.model.jukebox;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Audio to vectors, before they are quantised. Holds no array of its own. */
public final class VqVaeEncoder {
    private final VqVaeConfig config;
    private final Map<String, NDArray> weights;

    /** With weights by the names and shapes of {@link VqVaeConfig#weightShapes()}; those of the decoder may be absent. */
    public VqVaeEncoder(VqVaeConfig config, Map<String, NDArray> weights) {
        this.config = config;
        this.weights = weights;
    }

    /**
     * Vectors of audio.
     *
     * @param audio shape (batch, 1, audioFrames), a whole number of hops
     * @return shape (batch, embedding, audioFrames / hop)
     */
    public NDArray forward(NDArray audio) {
        return allBlocks(audio).getLast();
    }

    /** The output of every block, the finest first. */
    public List<NDArray> allBlocks(NDArray audio) {
        List<NDArray> outputs = new ArrayList<>();
        NDArray x = audio;
        for (int block = 0; block < config.downs().size(); block++) {
            String prefix = "enc.level_blocks." + block + ".model.";
            int downs = config.downs().get(block);
            for (int i = 0; i < downs; i++) {
                x = Convolution.halve(weights, prefix + i + ".0", x);
                x = new ResidualStack(prefix + i + ".1", weights, config.dilations()).forward(x);
            }
            x = Convolution.same(weights, prefix + downs, x, 1);
            outputs.add(x);
        }
        return outputs;
    }
}
