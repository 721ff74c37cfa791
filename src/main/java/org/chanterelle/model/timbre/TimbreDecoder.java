package org.chanterelle.model.timbre;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;
import java.util.Map;
import org.chanterelle.ddsp.NyquistMask;
import org.chanterelle.ddsp.Scaling;

/**
 * The network, on NDArrays: for training, batches and GPUs. Its recurrent state is an argument, so that N calls with one control
 * frame equal one call with N. Holds no array of its own: the weights are the caller's.
 */
public final class TimbreDecoder {
    private static final float LEAK = 0.01f;
    private static final float EPSILON = 1e-5f;
    private static final double SILENCE = 1e-9;

    private final TimbreConfig config;
    private final Map<String, NDArray> weights;
    private final NyquistMask mask;

    /** With weights by the names and shapes of {@link TimbreConfig#weightShapes()}. */
    public TimbreDecoder(TimbreConfig config, Map<String, NDArray> weights) {
        this(config, weights, NyquistMask.ZERO);
    }

    /** With another law for harmonics above Nyquist. */
    public TimbreDecoder(TimbreConfig config, Map<String, NDArray> weights, NyquistMask mask) {
        this.config = config;
        this.weights = weights;
        this.mask = mask;
    }

    /**
     * Physical controls.
     *
     * @param amplitude linear, shape (batch, frames, 1)
     * @param harmonicDistribution sums to 1 over the harmonics below Nyquist, shape (batch, frames, harmonics)
     * @param noiseMagnitudes linear, shape (batch, frames, bands)
     * @param state the GRU's last state, shape (1, batch, units)
     */
    public record Controls(NDArray amplitude, NDArray harmonicDistribution, NDArray noiseMagnitudes, NDArray state) {}

    /**
     * Runs the network.
     *
     * @param f0Hz for the Nyquist mask, shape (batch, frames, 1)
     * @param pitch {@link Normalisation#pitchInput}, the same shape
     * @param loudness {@link Normalisation#loudnessInput}, the same shape
     * @param state GRU state, shape (1, batch, units), or null for silence
     */
    public Controls forward(NDArray f0Hz, NDArray pitch, NDArray loudness, NDArray state) {
        NDArray first = state == null
                ? pitch.getManager().zeros(new Shape(1, pitch.getShape().get(0), config.units()))
                : state;
        NDArray features = features(pitch, loudness);
        NDList recurrent = gru(features, first);
        NDArray joined = join(features, recurrent.get(0), pitch, loudness);
        return heads(f0Hz, joined, recurrent.get(1));
    }

    /** What precedes the recurrence: both input MLPs side by side, shape (batch, frames, 2 units). */
    public NDArray features(NDArray pitch, NDArray loudness) {
        return mlp("mlp_f0", pitch).concat(mlp("mlp_loudness", loudness), 2);
    }

    /** The last MLP's input, shape (batch, frames, {@link TimbreConfig#outInputs()}). */
    public NDArray join(NDArray features, NDArray sequence, NDArray pitch, NDArray loudness) {
        return switch (config.skip()) {
            case FEATURES -> features.concat(sequence, 2);
            case INPUTS -> NDArrays.concat(new NDList(sequence, pitch, loudness), 2);
        };
    }

    /**
     * What follows the recurrence: the last MLP and the heads.
     *
     * @param f0Hz for the Nyquist mask, shape (batch, frames, 1)
     * @param joined by {@link #join}
     * @param state handed through
     */
    public Controls heads(NDArray f0Hz, NDArray joined, NDArray state) {
        NDArray hidden = mlp("mlp_out", joined);
        NDArray amplitude = Scaling.modifiedSigmoid(linear("head_amplitude", hidden));
        NDArray harmonics = mask.apply(f0Hz, Scaling.modifiedSigmoid(linear("head_harmonics", hidden)), config.sampleRateHz());
        NDArray sum = harmonics.sum(new int[] {2}, true).add(SILENCE);
        NDArray noise = Scaling.modifiedSigmoid(linear("head_noise", hidden).add(config.noiseBias()));
        return new Controls(amplitude, harmonics.div(sum), noise, state);
    }

    /** The MLP whose weights begin with {@code name}; {@code x} has shape (batch, frames, inputs). */
    public NDArray mlp(String name, NDArray x) {
        NDArray y = x;
        for (int layer = 0; layer < TimbreConfig.MLP_LAYERS; layer++) {
            y = linear(name + "." + 3 * layer, y);
            String norm = name + "." + (3 * layer + 1);
            NDArray gain = weights.get(norm + ".weight");
            y = LayerNorm.layerNorm(y, gain.getShape(), gain, weights.get(norm + ".bias"), EPSILON).get(0);
            y = Activation.leakyRelu(y, LEAK);
        }
        return y;
    }

    private NDArray linear(String name, NDArray x) {
        return x.matMul(weights.get(name + ".weight").transpose()).add(weights.get(name + ".bias"));
    }

    /** The GRU; returns its outputs, shape (batch, frames, units), and its last state, shape (1, batch, units). */
    public NDList gru(NDArray x, NDArray state) {
        NDList parameters = new NDList(
                weights.get("gru.weight_ih_l0"),
                weights.get("gru.weight_hh_l0"),
                weights.get("gru.bias_ih_l0"),
                weights.get("gru.bias_hh_l0"));
        return x.getNDArrayInternal().gru(x, state, parameters, true, 1, 0.0, false, false, true);
    }
}
