package org.chanterelle.inference;

import java.util.Map;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;

/** The decoder as its equations read, in plain double precision. */
final class ReferenceDecoder {
    private final TimbreConfig config;
    private final Normalisation normalisation;
    private final Map<String, Tensor> weights;
    private double[] state;

    ReferenceDecoder(TimbreConfig config, Normalisation normalisation, Map<String, Tensor> weights) {
        this.config = config;
        this.normalisation = normalisation;
        this.weights = weights;
        state = new double[config.units()];
    }

    record Output(double amplitude, double[] distribution, double[] noise) {}

    Output step(double f0Hz, double loudnessDb) {
        double pitchInput = Math.log(f0Hz / 440) / Math.log(2);
        double clamped = Math.clamp(loudnessDb, normalisation.loudnessLowDb(), normalisation.loudnessHighDb());
        double loudnessInput = (clamped - normalisation.loudnessMeanDb()) / normalisation.loudnessStdDb();
        double gain = Math.pow(10, (loudnessDb - clamped) / 20);
        double[] pitch = mlp("mlp_f0", pitchInput);
        double[] loudness = mlp("mlp_loudness", loudnessInput);
        gru(join(pitch, loudness));
        double[] joined = config.skip() == TimbreConfig.Skip.FEATURES
                ? join(pitch, loudness, state)
                : join(state, new double[] {pitchInput, loudnessInput});
        double[] hidden = mlp("mlp_out", joined);
        double[] distribution = linear("head_harmonics", hidden);
        double sum = 1e-9;
        for (int k = 0; k < distribution.length; k++) {
            distribution[k] = f0Hz * (k + 1) < config.sampleRateHz() / 2.0 ? control(distribution[k]) : 0;
            sum += distribution[k];
        }
        for (int k = 0; k < distribution.length; k++) {
            distribution[k] /= sum;
        }
        double[] noise = linear("head_noise", hidden);
        for (int band = 0; band < noise.length; band++) {
            noise[band] = gain * control(noise[band] + config.noiseBias());
        }
        return new Output(gain * control(linear("head_amplitude", hidden)[0]), distribution, noise);
    }

    private double[] mlp(String name, double... in) {
        double[] x = in;
        for (int layer = 0; layer < 3; layer++) {
            x = linear(name + "." + 3 * layer, x);
            float[] gain = weights.get(name + "." + (3 * layer + 1) + ".weight").values();
            float[] bias = weights.get(name + "." + (3 * layer + 1) + ".bias").values();
            double mean = java.util.Arrays.stream(x).average().orElseThrow();
            double variance = java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            for (int i = 0; i < x.length; i++) {
                double y = (x[i] - mean) / Math.sqrt(variance + 1e-5) * gain[i] + bias[i];
                x[i] = y > 0 ? y : 0.01 * y;
            }
        }
        return x;
    }

    private double[] linear(String name, double[] x) {
        return product(weights.get(name + ".weight"), weights.get(name + ".bias"), x);
    }

    private static double[] product(Tensor weight, Tensor bias, double[] x) {
        double[] y = new double[bias.values().length];
        for (int row = 0; row < y.length; row++) {
            y[row] = bias.values()[row];
            for (int column = 0; column < x.length; column++) {
                y[row] += weight.values()[row * x.length + column] * x[column];
            }
        }
        return y;
    }

    private void gru(double[] x) {
        double[] a = product(weights.get("gru.weight_ih_l0"), weights.get("gru.bias_ih_l0"), x);
        double[] b = product(weights.get("gru.weight_hh_l0"), weights.get("gru.bias_hh_l0"), state);
        int units = state.length;
        double[] next = new double[units];
        for (int i = 0; i < units; i++) {
            double reset = sigmoid(a[i] + b[i]);
            double update = sigmoid(a[units + i] + b[units + i]);
            double fresh = Math.tanh(a[2 * units + i] + reset * b[2 * units + i]);
            next[i] = (1 - update) * fresh + update * state[i];
        }
        state = next;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double control(double x) {
        return 2 * Math.pow(sigmoid(x), Math.log(10)) + 1e-7;
    }

    private static double[] join(double[]... parts) {
        return java.util.Arrays.stream(parts).flatMapToDouble(java.util.Arrays::stream).toArray();
    }
}
