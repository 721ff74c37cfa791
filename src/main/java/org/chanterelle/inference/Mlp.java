package org.chanterelle.inference;

import java.util.Map;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.timbre.TimbreConfig;

/** A stack of linear layers, each normalised and rectified. Immutable; shared by all voices. */
final class Mlp {
    private final Linear[] linears = new Linear[TimbreConfig.MLP_LAYERS];
    private final LayerNorm[] norms = new LayerNorm[TimbreConfig.MLP_LAYERS];

    /** Takes the weights whose names begin with {@code name}. */
    Mlp(Map<String, Tensor> weights, String name) {
        for (int layer = 0; layer < linears.length; layer++) {
            linears[layer] = Linear.pack(weights, name + "." + 3 * layer + ".weight", name + "." + 3 * layer + ".bias");
            String norm = name + "." + (3 * layer + 1);
            norms[layer] = new LayerNorm(weights.get(norm + ".weight").values(), weights.get(norm + ".bias").values());
        }
    }

    /** The last layer's output in {@code out}; {@code scratch} and {@code out} hold at least {@code Linear.padded(units)} values. */
    void apply(float[] in, float[] scratch, float[] out) {
        linears[0].apply(in, out);
        norms[0].apply(out);
        linears[1].apply(out, scratch);
        norms[1].apply(scratch);
        linears[2].apply(scratch, out);
        norms[2].apply(out);
    }
}
