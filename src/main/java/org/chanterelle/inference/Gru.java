package org.chanterelle.inference;

import java.util.Map;
import org.chanterelle.model.Tensor;

/** A gated recurrent unit in torch's convention: gates in the order reset, update, new. Weights only; immutable. */
final class Gru {
    private final int units;
    private final Linear input;
    private final Linear recurrent;

    Gru(Map<String, Tensor> weights) {
        input = Linear.pack(weights, "gru.weight_ih_l0", "gru.bias_ih_l0");
        recurrent = Linear.pack(weights, "gru.weight_hh_l0", "gru.bias_hh_l0");
        units = weights.get("gru.bias_ih_l0").values().length / 3;
    }

    /** One voice's memory, and room to work in. */
    static final class State {
        /** The output; its head, of as many values as units, is in use. */
        final float[] hidden;

        private final float[] inputGates;
        private final float[] recurrentGates;
        private final float[] fresh;

        State(int units) {
            hidden = new float[Linear.padded(units)];
            fresh = new float[Linear.padded(units)];
            inputGates = new float[Linear.padded(3 * units)];
            recurrentGates = new float[Linear.padded(3 * units)];
        }
    }

    /** Takes one step. */
    void apply(float[] in, State state) {
        float[] gates = state.inputGates;
        float[] recurrentGates = state.recurrentGates;
        float[] fresh = state.fresh;
        float[] hidden = state.hidden;
        input.apply(in, gates);
        recurrent.apply(hidden, recurrentGates);
        System.arraycopy(gates, 2 * units, fresh, 0, units);
        for (int i = 0; i < 2 * units; i++) {
            gates[i] += recurrentGates[i];
        }
        Activations.sigmoid(gates, 2 * units);
        for (int i = 0; i < units; i++) {
            fresh[i] += gates[i] * recurrentGates[2 * units + i];
        }
        Activations.tanh(fresh, units);
        for (int i = 0; i < units; i++) {
            hidden[i] = fresh[i] + gates[units + i] * (hidden[i] - fresh[i]);
        }
    }
}
