package org.chanterelle.inference.vocoder;

import java.util.Arrays;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.inference.Activations;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.WaveNetConfig;

/**
 * The dilated layers of a WaveNet, one audio frame at a time. What each layer will look back at lies in a queue as long as its dilation
 * (Le Paine et al. 2016), so that nothing is computed twice. The skip connections of all layers are one product.
 */
public final class WaveNetStack {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final WaveNetConfig config;
    private final int channels;
    private final int half;
    private final Linear[] dilated;
    private final Linear[] residual;
    private final Linear condition;
    private final Linear skip;
    private final Linear first;
    private final Linear second;

    private final float[][] queues;
    private final int[] heads;
    private final float[] x;
    private final float[] pair;
    private final float[] gates;
    private final float[] z;
    private final float[] step;
    private final float[] allZ;
    private final float[] skipped;
    private final float[] hidden;

    /** With weights by the names and shapes of {@link WaveNetConfig#weightShapes()}; those before the layers may be absent. */
    public WaveNetStack(WaveNetConfig config, Map<String, Tensor> weights) {
        this.config = config;
        channels = config.channels();
        half = Math.ceilDiv(channels, LANES) * LANES;
        int layers = config.layers();
        dilated = new Linear[layers];
        residual = new Linear[layers];
        queues = new float[layers][];
        heads = new int[layers];
        for (int layer = 0; layer < layers; layer++) {
            String name = "l" + layer + ".";
            float[] bias = weights.get(name + "dil.bias").values();
            dilated[layer] = Linear.pack(spread(taps(weights.get(name + "dil.weight").values()), 2 * channels),
                    spread(bias, 1), 2 * channels);
            residual[layer] = Linear.pack(
                    weights.get(name + "res.weight").values(), weights.get(name + "res.bias").values(), channels);
            queues[layer] = new float[config.dilation(layer) * channels];
        }
        condition = config.condition() == 0 ? null : condition(weights);
        skip = skip(weights);
        first = Linear.pack(weights.get("out1.weight").values(), weights.get("out1.bias").values(), config.skip());
        second = Linear.pack(weights.get("out2.weight").values(), weights.get("out2.bias").values(), config.skip());
        x = new float[Linear.padded(channels)];
        pair = new float[2 * channels];
        gates = new float[Linear.padded(2 * half)];
        z = new float[half];
        step = new float[Linear.padded(channels)];
        allZ = new float[layers * channels];
        skipped = new float[Linear.padded(config.skip())];
        hidden = new float[Linear.padded(config.skip())];
    }

    /** From (row, input, tap) to (row, tap, input): the past first. */
    private float[] taps(float[] weight) {
        float[] turned = new float[weight.length];
        for (int row = 0; row < 2 * channels; row++) {
            for (int input = 0; input < channels; input++) {
                for (int tap = 0; tap < 2; tap++) {
                    turned[(row * 2 + tap) * channels + input] = weight[(row * channels + input) * 2 + tap];
                }
            }
        }
        return turned;
    }

    /** Rows so that both halves of the gates begin on a vector, zeros between. */
    private float[] spread(float[] rows, int columns) {
        float[] out = new float[2 * half * columns];
        System.arraycopy(rows, 0, out, 0, channels * columns);
        System.arraycopy(rows, channels * columns, out, half * columns, channels * columns);
        return out;
    }

    private Linear condition(Map<String, Tensor> weights) {
        int columns = config.condition();
        float[] all = new float[config.layers() * 2 * half * columns];
        for (int layer = 0; layer < config.layers(); layer++) {
            float[] rows = spread(weights.get("l" + layer + ".cond.weight").values(), columns);
            System.arraycopy(rows, 0, all, layer * rows.length, rows.length);
        }
        return Linear.pack(all, new float[config.layers() * 2 * half], columns);
    }

    private Linear skip(Map<String, Tensor> weights) {
        int columns = config.layers() * channels;
        float[] all = new float[config.skip() * columns];
        float[] bias = new float[config.skip()];
        for (int layer = 0; layer < config.layers(); layer++) {
            float[] weight = weights.get("l" + layer + ".skip.weight").values();
            float[] own = weights.get("l" + layer + ".skip.bias").values();
            for (int row = 0; row < bias.length; row++) {
                bias[row] += own[row];
                System.arraycopy(weight, row * channels, all, row * columns + layer * channels, channels);
            }
        }
        return Linear.pack(all, bias, columns);
    }

    /** Forgets all frames. */
    public void reset() {
        for (float[] queue : queues) {
            Arrays.fill(queue, 0f);
        }
        Arrays.fill(heads, 0);
    }

    /** Values that {@link #condition} makes for an audio frame. */
    public int conditionStride() {
        return Linear.padded(config.layers() * 2 * half);
    }

    /**
     * What the condition adds to the gates of all layers, for some audio frames at once.
     *
     * @param in holds the condition, a frame at each offset
     * @param out {@link #conditionStride} values for each frame, written
     * @param scratch from {@link Linear#newScratch}
     */
    public void condition(float[] in, int[] offsets, int frames, float[] out, float[] scratch) {
        condition.applyRows(in, offsets, frames, out, conditionStride(), scratch);
    }

    /**
     * One audio frame.
     *
     * @param input its residual channels, from {@code inputAt} on
     * @param conditions what {@link #condition} has written, or null
     * @param conditionAt where this frame's begin
     * @param logits scores of the codes, written; {@code Linear.padded(256)} values
     */
    public void step(float[] input, int inputAt, float[] conditions, int conditionAt, float[] logits) {
        System.arraycopy(input, inputAt, x, 0, channels);
        for (int layer = 0; layer < dilated.length; layer++) {
            float[] queue = queues[layer];
            int head = heads[layer];
            System.arraycopy(queue, head, pair, 0, channels);
            System.arraycopy(x, 0, pair, channels, channels);
            System.arraycopy(x, 0, queue, head, channels);
            heads[layer] = head + channels == queue.length ? 0 : head + channels;
            dilated[layer].apply(pair, gates);
            if (conditions != null) {
                add(gates, conditions, conditionAt + layer * 2 * half, 2 * half);
            }
            Activations.tanh(gates, 0, half);
            Activations.sigmoid(gates, half, half);
            multiply();
            System.arraycopy(z, 0, allZ, layer * channels, channels);
            residual[layer].apply(z, step);
            add(x, step, 0, half);
        }
        skip.apply(allZ, skipped);
        rectify(skipped);
        first.apply(skipped, hidden);
        rectify(hidden);
        second.apply(hidden, logits);
    }

    /** Residual channels after the last layer, valid until the next step. */
    public float[] residual() {
        return x;
    }

    private static void add(float[] to, float[] from, int at, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector.fromArray(SPECIES, to, i).add(FloatVector.fromArray(SPECIES, from, at + i)).intoArray(to, i);
        }
    }

    private void multiply() {
        for (int i = 0; i < half; i += LANES) {
            FloatVector.fromArray(SPECIES, gates, i).mul(FloatVector.fromArray(SPECIES, gates, half + i)).intoArray(z, i);
        }
    }

    private static void rectify(float[] values) {
        for (int i = 0; i < values.length; i += LANES) {
            FloatVector.fromArray(SPECIES, values, i).max(0f).intoArray(values, i);
        }
    }
}
