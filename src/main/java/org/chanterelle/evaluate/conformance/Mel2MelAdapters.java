package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.mel2mel.Mel2MelBlock;
import org.chanterelle.model.mel2mel.Mel2MelConfig;

/** The parts of Mel2Mel. */
final class Mel2MelAdapters {
    private Mel2MelAdapters() {}

    static Map<String, NpyArray> film(VectorCase vector, NDManager manager) {
        return Map.of("y", NpyArray.of(Mel2MelBlock.film(vector.in("x").on(manager), vector.in("gamma").on(manager),
                vector.in("beta").on(manager))));
    }

    static Map<String, NpyArray> lstm(VectorCase vector, NDManager manager) {
        Map<String, NDArray> weights = NetworkAdapters.weights(vector, manager, Map.of("", "lstm."));
        NDArray x = weights.remove("lstm.x");
        Mel2MelConfig config = Mel2MelConfig.of(vector.integer("hidden"), 2, List.of("any"), List.of(0));
        NDList out = new Mel2MelBlock(config, weights).lstm(x);
        return Map.of("y", NpyArray.of(out.get(0)), "h", NpyArray.of(out.get(1)), "c", NpyArray.of(out.get(2)));
    }
}
