package org.chanterelle.model;

import java.util.Map;

/**
 * What rebuilds a network: one record for each family of models. (Not sealed: without a named module the language seals only within
 * one package, and each family has its own.)
 */
public interface ModelConfig {
    /** The family's name in {@code card.json}. */
    String kind();

    /** Name and shape of every weight, in file order. */
    Map<String, int[]> weightShapes();

    /** Number of trainable values. */
    default long parameterCount() {
        return weightShapes().values().stream().mapToLong(Tensor::size).sum();
    }
}
