package org.chanterelle.evaluate.conformance;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.model.jukebox.Transformer;
import org.chanterelle.model.jukebox.TransformerConfig;

/** Factorised attention with given weights, and which places it reads. */
final class AttentionAdapters {
    private AttentionAdapters() {}

    static Map<String, NpyArray> factored(VectorCase vector, NDManager manager) {
        TransformerConfig.Pattern pattern = switch (vector.text("kind")) {
            case "prev_row" -> TransformerConfig.Pattern.PREVIOUS_ROW;
            case String kind -> TransformerConfig.Pattern.valueOf(kind.toUpperCase(Locale.ROOT));
        };
        int width = vector.in("x").shape()[2];
        TransformerConfig config = new TransformerConfig(width, 1, vector.integer("heads"), vector.integer("n_state"), width,
                vector.integer("blocks"), List.of(pattern));
        Map<String, NDArray> weights = NetworkAdapters.weights(vector, manager, Map.of("c_", "c_"));
        Transformer transformer = new Transformer(config, weights, "");
        int context = vector.in("x").shape()[1];
        double[] reads = new double[context * context];
        NDArray y = null;
        for (int place = 0; place < context; place++) {
            NDArray x = vector.in("x").on(manager);
            x.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                y = transformer.attention(x, "", pattern);
                collector.backward(y.get(":, {}, :", place).square().sum());
            }
            float[] gradient = x.getGradient().reshape(new Shape(context, width)).abs().max(new int[] {1}).toFloatArray();
            for (int other = 0; other < context; other++) {
                reads[place * context + other] = gradient[other] > 0 ? 1 : 0;
            }
        }
        return Map.of("y", NpyArray.of(y), "reads_from", new NpyArray(new int[] {context, context}, reads));
    }
}
