package org.chanterelle.model.jukebox;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Vectors of the codebook to audio. Holds no array of its own. */
public final class VqVaeDecoder {
    private final VqVaeConfig config;
    private final Map<String, NDArray> weights;

    /** With weights by the names and shapes of {@link VqVaeConfig#weightShapes()}; those of the encoder may be absent. */
    public VqVaeDecoder(VqVaeConfig config, Map<String, NDArray> weights) {
        this.config = config;
        this.weights = weights;
    }

    /**
     * Audio of vectors.
     *
     * @param vectors shape (batch, embedding, codes)
     * @return shape (batch, 1, codes * hop), not limited to full scale
     */
    public NDArray forward(NDArray vectors) {
        return decode(vectors, List.of());
    }

    /** The same with a block's own vectors added before each finer block; {@code all} as {@link VqVaeEncoder#allBlocks} has them. */
    public NDArray allBlocks(List<NDArray> all) {
        return decode(all.getLast(), all);
    }

    private NDArray decode(NDArray vectors, List<NDArray> all) {
        NDArray x = vectors;
        int[] dilations = reversed(config.dilations());
        for (int block = config.downs().size() - 1; block >= 0; block--) {
            String prefix = "dec.level_blocks." + block + ".model.";
            x = Convolution.same(weights, prefix + "0", x, 1);
            for (int i = 1; i <= config.downs().get(block); i++) {
                x = new ResidualStack(prefix + i + ".0", weights, dilations).forward(x);
                x = Convolution.twice(weights, prefix + i + ".1", x);
            }
            if (block > 0 && !all.isEmpty()) {
                x = x.add(all.get(block - 1));
            }
        }
        return Convolution.same(weights, "dec.out", x, 1);
    }

    private static int[] reversed(int[] dilations) {
        List<Integer> list = new java.util.ArrayList<>();
        for (int dilation : dilations) {
            list.add(dilation);
        }
        Collections.reverse(list);
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
