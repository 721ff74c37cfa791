package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import org.chanterelle.ddsp.NyquistMask;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.model.timbre.TimbreConfig.Skip;
import org.chanterelle.model.timbre.TimbreDecoder;

/** The timbre decoder and its parts, with the weights of a published implementation. */
final class NetworkAdapters {
    /** ddsp_pytorch subtracts 5 before the noise head's non-linearity. */
    private static final float ACIDS_NOISE_BIAS = -5f;

    private NetworkAdapters() {}

    static Map<String, NpyArray> gru(VectorCase vector, NDManager manager) {
        Map<String, NDArray> weights = weights(vector, manager, Map.of("", "gru."));
        NDArray x = weights.remove("gru.x");
        int units = vector.integer("hidden");
        NDList out = decoder(units, 1, 1, 16000, weights).gru(x, manager.zeros(new Shape(1, x.getShape().get(0), units)));
        return Map.of("y", NpyArray.of(out.get(0)), "h", NpyArray.of(out.get(1)));
    }

    static Map<String, NpyArray> mlp(VectorCase vector, NDManager manager) {
        Map<String, NDArray> weights = weights(vector, manager, Map.of("", "mlp."));
        NDArray x = weights.remove("mlp.x");
        int units = (int) weights.get("mlp.0.bias").getShape().get(0);
        return Map.of("y", NpyArray.of(decoder(units, 1, 1, 16000, weights).mlp("mlp", x)));
    }

    static Map<String, NpyArray> decoder(VectorCase vector, NDManager manager) {
        Map<String, NDArray> weights = weights(
                vector,
                manager,
                Map.of("in0.", "mlp_f0.", "in1.", "mlp_loudness.", "gru.", "gru.", "out.", "mlp_out.", "proj0.", "both.",
                        "proj1.", "head_noise."));
        for (String kind : new String[] {"weight", "bias"}) {
            NDArray both = weights.remove("both." + kind);
            weights.put("head_amplitude." + kind, both.get(":1"));
            weights.put("head_harmonics." + kind, both.get("1:"));
        }
        TimbreDecoder decoder = decoder(
                vector.integer("hidden"), vector.integer("n_harmonic"), vector.integer("n_bands"), vector.integer("sr"), weights);
        NDArray pitch = vector.in("pitch").on(manager);
        TimbreDecoder.Controls controls = decoder.forward(pitch, pitch, vector.in("loudness").on(manager), null);
        return Map.of(
                "harmonic_amps", NpyArray.of(controls.harmonicDistribution().mul(controls.amplitude())),
                "noise_mags", NpyArray.of(controls.noiseMagnitudes()));
    }

    private static TimbreDecoder decoder(int units, int harmonics, int bands, int rateHz, Map<String, NDArray> weights) {
        TimbreConfig config = new TimbreConfig(units, harmonics, bands, rateHz, 100, 0, 0, ACIDS_NOISE_BIAS, Skip.INPUTS);
        return new TimbreDecoder(config, weights, NyquistMask.LEAKY);
    }

    /** The inputs by torch's names, their first part replaced as {@code prefixes} tells; the longest fitting prefix counts. */
    static Map<String, NDArray> weights(VectorCase vector, NDManager manager, Map<String, String> prefixes) {
        Map<String, NDArray> weights = new HashMap<>();
        vector.arrays().forEach((name, array) -> {
            String torch = name.replace("__", ".");
            String prefix = prefixes.keySet().stream().filter(torch::startsWith)
                    .max(java.util.Comparator.comparingInt(String::length)).orElse(null);
            if (prefix != null) {
                weights.put(prefixes.get(prefix) + torch.substring(prefix.length()), array.on(manager));
            }
        });
        return weights;
    }
}
