package org.chanterelle.train.sing;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingCarriers;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.train.Parameters;

/**
 * An autoencoder that works before it is trained: encoder and decoder as a lapped transform (Malvar 1992), cosine-modulated, under the
 * network's own windows. Representation k is the band from k to k + 1 half control rates, each carried by two channels, its positive
 * and its negative half, through rectifiers and rewrites that let them pass. What channels are left begin at random.
 */
final class LappedTransform {
    /** What every weight that the transform leaves alone gets, so that training can use it, as a share of a rectifier layer's. */
    private static final double REST = 0.003;

    /** By which overlapping squared windows on both sides are too much. */
    private static final double OVERLAP = 0.91;

    /** Level of the tone at its lowest bands, and the band from which it falls by 6 dB an octave. */
    private static final double TONE = 0.02;

    private static final double BRIGHT_BANDS = 8;

    private final SingConfig config;
    private final SplittableRandom random;
    private final int bands;

    private LappedTransform(SingConfig config, long seed) {
        this.config = config;
        this.random = new SplittableRandom(seed);
        bands = Math.min(Math.min(config.representation(), config.stride()), config.channels() / 2);
    }

    /** Overwrites the encoder's and the decoder's weights; with carriers also the generator's last, which then gives a steady tone. */
    static void lay(SingConfig config, Parameters weights, long seed) {
        new LappedTransform(config, seed).lay(weights);
    }

    private void lay(Parameters weights) {
        weights.tensors().forEach((name, tensor) -> {
            if (!name.startsWith(SingConfig.GENERATOR)) {
                randomise(name, tensor);
            }
        });
        if (config.carriers()) {
            layTone(weights);
        }
        double synthesis = OVERLAP * 2 / (config.stride() * SingCarriers.ANALYSIS);
        float[] encoder = values(weights, "enc.layers.0.conv.weight");
        float[] decoder = values(weights, "dec.layers.6.conv_tr.weight");
        float[] projection = values(weights, "enc.layers.6.weight");
        float[] context = values(weights, "dec.layers.0.weight");
        for (int k = 0; k < bands; k++) {
            for (int sign = 0; sign < 2; sign++) {
                int channel = 2 * k + sign;
                double polarity = 1 - 2 * sign;
                for (int n = 0; n < config.kernel(); n++) {
                    double wave = polarity * SingCarriers.wave(k, n, config.stride());
                    encoder[channel * config.kernel() + n] = (float) (SingCarriers.ANALYSIS * wave);
                    decoder[channel * config.kernel() + n] = (float) (synthesis * wave);
                }
                projection[k * config.channels() + channel] = (float) polarity;
                int row = channel * config.representation() + k;
                context[row * config.context() + config.context() / 2] = (float) polarity;
                for (int layer = 1; layer <= SingConfig.REWRITES; layer++) {
                    values(weights, "enc.layers." + 2 * layer + ".weight")[channel * config.channels() + channel] = 1f;
                    values(weights, "dec.layers." + 2 * layer + ".weight")[channel * config.channels() + channel] = 1f;
                }
            }
        }
    }

    private void layTone(Parameters weights) {
        float[] matrix = values(weights, "seq.decoder.weight");
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] *= (float) TONE;
        }
        float[] bias = values(weights, "seq.decoder.bias");
        Arrays.fill(bias, 0f);
        for (int band = 0; band < config.representation(); band++) {
            bias[band] = (float) (TONE / (1 + band / BRIGHT_BANDS));
        }
    }

    private static float[] values(Parameters weights, String name) {
        return weights.tensors().get(name).values();
    }

    /** Uniform, so that rectifiers keep the level in the channels that are left; faint in those of the transform. */
    private void randomise(String name, Tensor tensor) {
        float[] values = tensor.values();
        boolean last = name.startsWith("dec.layers.6") || name.startsWith("enc.layers.6");
        int rowLength = values.length / tensor.shape()[0];
        double bound = name.endsWith("bias") ? 0 : Math.sqrt(6.0 / rowLength);
        for (int i = 0; i < values.length; i++) {
            boolean left = !last && i / rowLength >= 2 * bands;
            values[i] = (float) ((left ? 1 : REST) * bound * (2 * random.nextDouble() - 1));
        }
    }
}
