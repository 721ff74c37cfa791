package org.chanterelle.inference.sing;

import java.util.Map;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingCarriers;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.model.sing.SingLevels;
import org.chanterelle.model.sing.SingWindow;

/** A SING model's weights in the layout of the live network. Immutable; one for any number of notes and threads. */
public final class SingWeights {
    private static final int GATES = 4;

    /** From torch's order of gates, input, forget, cell, output, to ours: the three that a sigmoid bounds side by side. */
    private static final int[] GATE_ORDER = {0, 1, 3, 2};

    final SingConfig config;
    final float[] instruments;
    final float[] pitches;
    final float[] velocities;

    /** Empty without a time embedding. */
    final float[] times;

    /** Null without carriers. */
    final SingCarriers carriers;

    final SingLevels levels;

    final Linear[] input;
    final Linear[] recurrent;
    final Linear representation;
    final Linear context;
    final Linear[] rewrites = new Linear[SingConfig.REWRITES];
    final Linear grain;
    final float[] window;
    final float bias;

    /** {@code lstmUnits} rounded up to whole vectors. */
    final int units;

    /** A model as its card tells. */
    public SingWeights(SingFolder model) {
        this(model.card().config(), model.weights(), SingLevels.of(model.card()));
    }

    /** Packs weights of the names and shapes of {@link SingConfig#weightShapes()}; loud as the network plays by itself. */
    public SingWeights(SingConfig config, Map<String, Tensor> weights) {
        this(config, weights, SingLevels.none());
    }

    private SingWeights(SingConfig config, Map<String, Tensor> weights, SingLevels levels) {
        this.config = config;
        this.levels = levels;
        units = Linear.padded(config.lstmUnits());
        instruments = weights.get("seq.tables.0.weight").values();
        pitches = weights.get("seq.tables.1.weight").values();
        velocities = weights.get("seq.tables.2.weight").values();
        times = config.timeSize() > 0 ? weights.get("seq.time_table.weight").values() : new float[0];
        carriers = config.carriers() ? new SingCarriers(config) : null;
        input = new Linear[config.lstmLayers()];
        recurrent = new Linear[config.lstmLayers()];
        for (int layer = 0; layer < input.length; layer++) {
            input[layer] = gates(weights, "ih_l" + layer);
            recurrent[layer] = gates(weights, "hh_l" + layer);
        }
        representation = Linear.pack(weights, "seq.decoder.weight", "seq.decoder.bias");
        context = context(weights);
        for (int i = 0; i < rewrites.length; i++) {
            rewrites[i] = Linear.pack(weights, "dec.layers." + 2 * (i + 1) + ".weight", "dec.layers." + 2 * (i + 1) + ".bias");
        }
        grain = grain(weights.get("dec.layers.6.conv_tr.weight").values());
        bias = weights.get("dec.layers.6.conv_tr.bias").values()[0];
        window = SingWindow.values(config.kernel());
    }

    /** Size and conventions of the network. */
    public SingConfig config() {
        return config;
    }

    /** The four gates' rows, each gate padded to whole vectors, in our order. */
    private Linear gates(Map<String, Tensor> weights, String name) {
        Tensor matrix = weights.get("seq.lstm.weight_" + name);
        float[] bias = weights.get("seq.lstm.bias_" + name).values();
        int columns = matrix.shape()[1];
        int own = config.lstmUnits();
        float[] ordered = new float[GATES * units * columns];
        float[] orderedBias = new float[GATES * units];
        for (int gate = 0; gate < GATES; gate++) {
            int from = GATE_ORDER[gate] * own;
            System.arraycopy(matrix.values(), from * columns, ordered, gate * units * columns, own * columns);
            System.arraycopy(bias, from, orderedBias, gate * units, own);
        }
        return Linear.pack(ordered, orderedBias, columns);
    }

    /** The first convolution over representations that lie one behind the other: channels x (context x representation). */
    private Linear context(Map<String, Tensor> weights) {
        Tensor kernel = weights.get("dec.layers.0.weight");
        int width = config.context();
        int size = config.representation();
        float[] ordered = new float[kernel.values().length];
        for (int channel = 0; channel < config.channels(); channel++) {
            for (int i = 0; i < size; i++) {
                for (int frame = 0; frame < width; frame++) {
                    ordered[(channel * width + frame) * size + i] = kernel.values()[(channel * size + i) * width + frame];
                }
            }
        }
        return Linear.pack(ordered, weights.get("dec.layers.0.bias").values(), width * size);
    }

    /** Channels to a kernel's audio frames. The window is applied afterwards: windowed weights would need 32 bits. */
    private Linear grain(float[] kernel) {
        int channels = config.channels();
        int length = config.kernel();
        float[] ordered = new float[kernel.length];
        for (int channel = 0; channel < channels; channel++) {
            for (int n = 0; n < length; n++) {
                ordered[n * channels + channel] = kernel[channel * length + n];
            }
        }
        return Linear.pack(ordered, new float[length], channels);
    }

    /** Audio frames that go by before a note begins, as control frames whose grains nobody hears. */
    int silentGrains() {
        return config.leadSamples() / config.stride();
    }

    /** Control frames of which so many audio frames of a note are made, at least one. */
    public int framesFor(int samples) {
        int blocks = Math.ceilDiv(Math.max(1, samples) + config.leadSamples(), config.stride());
        return blocks + config.kernel() / config.stride() - 1 + config.context() - 1;
    }
}
