package org.chanterelle.inference.jukebox;

import java.util.Map;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.TransformerConfig;

/** The weights of a transformer's layer, laid out for products with a few rows. Immutable; shared by sessions. */
final class CachedLayer {
    final Linear query;
    private final Linear attended;
    private final Linear hidden;
    private final Linear made;
    private final float[] gain0;
    private final float[] bias0;
    private final float[] gain1;
    private final float[] bias1;
    private final TransformerConfig config;

    /** Packs the weights whose names begin with {@code name}. */
    CachedLayer(TransformerConfig config, Map<String, Tensor> weights, String name) {
        this.config = config;
        query = pack(weights, name + "attn.c_attn");
        attended = pack(weights, name + "attn.c_proj");
        hidden = pack(weights, name + "mlp.c_fc");
        made = pack(weights, name + "mlp.c_proj");
        gain0 = weights.get(name + "ln_0.weight").values();
        bias0 = weights.get(name + "ln_0.bias").values();
        gain1 = weights.get(name + "ln_1.weight").values();
        bias1 = weights.get(name + "ln_1.bias").values();
    }

    private static Linear pack(Map<String, Tensor> weights, String name) {
        Tensor matrix = weights.get(name + ".w");
        int inputs = matrix.shape()[0];
        int outputs = matrix.shape()[1];
        float[] turned = new float[inputs * outputs];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                turned[o * inputs + i] = matrix.values()[i * outputs + o];
            }
        }
        return Linear.pack(turned, weights.get(name + ".b").values(), inputs);
    }

    /** Queries, and keys and values where the layer makes its own, of the rows of {@code work.x}: to {@code work.wide}. */
    void ask(RowSpace work, int rows) {
        for (int row = 0; row < rows; row++) {
            FloatRows.norm(work.x, work.offsets[row], gain0, bias0, work.normed, work.offsets[row]);
        }
        query.applyRows(work.normed, work.offsets, rows, work.wide, work.wideStride, work.scratch);
    }

    /** What the layer makes of the attention's results in {@code work.heard}; adds it to {@code work.x}. */
    void answer(RowSpace work, int rows) {
        attended.applyRows(work.heard, work.heardOffsets, rows, work.wide, work.wideStride, work.scratch);
        add(work, rows);
        for (int row = 0; row < rows; row++) {
            FloatRows.norm(work.x, work.offsets[row], gain1, bias1, work.normed, work.offsets[row]);
        }
        hidden.applyRows(work.normed, work.offsets, rows, work.deep, work.deepStride, work.scratch);
        for (int row = 0; row < rows; row++) {
            FloatRows.quickGelu(work.deep, row * work.deepStride, config.mlpWidth());
        }
        made.applyRows(work.deep, work.deepOffsets, rows, work.wide, work.wideStride, work.scratch);
        add(work, rows);
    }

    private void add(RowSpace work, int rows) {
        for (int row = 0; row < rows; row++) {
            FloatRows.addScaled(1f, work.wide, row * work.wideStride, work.x, work.offsets[row], config.width());
        }
    }
}
