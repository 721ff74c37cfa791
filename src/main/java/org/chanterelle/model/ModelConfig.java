package org.chanterelle.model;

import java.util.Map;
import org.chanterelle.model.timbre.TimbreConfig;

/** What rebuilds a network: one record for each family of models. */
public sealed interface ModelConfig permits TimbreConfig {
    /** The family's name in {@code card.json}. */
    String kind();

    /** Name and shape of every weight, in file order. */
    Map<String, int[]> weightShapes();

    /** Number of trainable values. */
    default long parameterCount() {
        return weightShapes().values().stream().mapToLong(Tensor::size).sum();
    }
}
