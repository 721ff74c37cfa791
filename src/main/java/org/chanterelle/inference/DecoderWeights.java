package org.chanterelle.inference;

import java.util.Map;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;

/** A timbre model's weights in the layout of the live decoder. Immutable; one for any number of voices. */
public final class DecoderWeights implements LiveNetwork {
    final TimbreConfig config;
    final Normalisation normalisation;
    final Mlp pitchMlp;
    final Mlp loudnessMlp;
    final Gru gru;
    final Mlp outMlp;
    /** Harmonics, then the amplitude, then noise bands, as one layer. */
    final Linear heads;

    /** Packs the weights of a loaded model. */
    public DecoderWeights(ModelFolder model) {
        this(model.card().config(), model.card().normalisation(), model.weights());
    }

    /** Packs weights of the names and shapes of {@link TimbreConfig#weightShapes()}. */
    public DecoderWeights(TimbreConfig config, Normalisation normalisation, Map<String, Tensor> weights) {
        this.config = config;
        this.normalisation = normalisation;
        pitchMlp = new Mlp(weights, "mlp_f0");
        loudnessMlp = new Mlp(weights, "mlp_loudness");
        gru = new Gru(weights);
        outMlp = new Mlp(weights, "mlp_out");
        heads = heads(config, weights);
    }

    @Override
    public TimbreConfig config() {
        return config;
    }

    @Override
    public Normalisation normalisation() {
        return normalisation;
    }

    @Override
    public StepDecoder decoder(int voices) {
        return new VectorStepDecoder(this, voices);
    }

    private static Linear heads(TimbreConfig config, Map<String, Tensor> weights) {
        float[] weight = join(weights, ".weight", config.units());
        float[] bias = join(weights, ".bias", 1);
        for (int band = 0; band < config.noiseBands(); band++) {
            bias[config.harmonics() + 1 + band] += config.noiseBias();
        }
        return Linear.pack(weight, bias, config.units());
    }

    private static float[] join(Map<String, Tensor> weights, String suffix, int width) {
        float[] harmonics = weights.get("head_harmonics" + suffix).values();
        float[] amplitude = weights.get("head_amplitude" + suffix).values();
        float[] noise = weights.get("head_noise" + suffix).values();
        float[] joined = new float[harmonics.length + width + noise.length];
        System.arraycopy(harmonics, 0, joined, 0, harmonics.length);
        System.arraycopy(amplitude, 0, joined, harmonics.length, width);
        System.arraycopy(noise, 0, joined, harmonics.length + width, noise.length);
        return joined;
    }
}
