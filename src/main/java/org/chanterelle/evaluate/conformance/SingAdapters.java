package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.ddsp.LogPowerLoss;
import org.chanterelle.ddsp.LogPowerLoss.Distance;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingDecoder;
import org.chanterelle.model.sing.SingGenerator;

/** SING's parts with the released code's weights and conventions. */
final class SingAdapters {
    private SingAdapters() {}

    static Map<String, NpyArray> lstm(VectorCase vector, NDManager manager) {
        Map<String, NDArray> weights = NetworkAdapters.weights(vector, manager, Map.of("", "seq.lstm."));
        NDArray x = weights.remove("seq.lstm.x");
        SingConfig config = config(1, 1, 1, 1, 1, vector.integer("hidden"), vector.integer("layers"), 1);
        SingGenerator generator = new SingGenerator(config, weights);
        NDList out = generator.lstm(x, generator.start(manager, (int) x.getShape().get(0)));
        return Map.of("y", NpyArray.of(out.get(0)), "h", NpyArray.of(out.get(1)), "c", NpyArray.of(out.get(2)));
    }

    static Map<String, NpyArray> forward(VectorCase vector, NDManager manager) {
        Map<String, NDArray> weights = NetworkAdapters.weights(vector, manager, Map.of("seq.", "seq.", "dec.", "dec."));
        NDArray context = weights.get("dec.layers.0.weight");
        SingConfig config = config(
                vector.integer("stride"), vector.integer("kernel"), vector.integer("context"), (int) context.getShape().get(0),
                (int) context.getShape().get(1), vector.integer("hidden"), vector.integer("layers"), vector.integer("length"));
        int[] instruments = indices(vector, "instrument");
        SingGenerator generator = new SingGenerator(config, weights);
        SingGenerator.Notes notes = generator.embed(manager, instruments, indices(vector, "pitch"), indices(vector, "velocity"));
        NDArray representation = generator
                .forward(notes, SingGenerator.times(0, config.frames()), generator.start(manager, instruments.length))
                .representation();
        return Map.of(
                "embedding", NpyArray.of(representation.transpose(0, 2, 1)),
                "audio", NpyArray.of(new SingDecoder(config, weights).forward(representation)));
    }

    static Map<String, NpyArray> loss(VectorCase vector) {
        float[] a = vector.audio("a");
        float[] b = vector.audio("b");
        int window = vector.integer("n_fft");
        int hop = vector.integer("hop");
        return Map.of(
                "l1", NpyArray.scalar(new LogPowerLoss(window, hop, Distance.L1).apply(a, b, 1, null)),
                "mse", NpyArray.scalar(new LogPowerLoss(window, hop, Distance.MSE).apply(a, b, 1, null)));
    }

    private static int[] indices(VectorCase vector, String name) {
        return IntStream.range(0, vector.in(name).values().length).map(i -> (int) vector.in(name).values()[i]).toArray();
    }

    /** Sizes of the tables do not matter: they follow from the weights. */
    private static SingConfig config(
            int stride, int kernel, int context, int channels, int representation, int units, int layers, int frames) {
        return new SingConfig(16000, stride, kernel, context, channels, representation, 0, units, layers, 1, 1, 1, 1, false,
                frames, 1,
                List.of("any"), 0, 0, List.of(1));
    }
}
