package org.chanterelle.train.mel2mel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.train.Parameters;

/** The weights before training, and those that are shipped after it. */
final class Mel2MelWeights {
    private static final double INPUT_DEVIATION = 0.3;
    private static final String OUTPUT_BIAS = "output.bias";

    private Mel2MelWeights() {}

    /**
     * Freshly drawn as torch draws them: the table normal, all else uniform within one over the square root of the inputs.
     *
     * @param conditioned FiLM begins near identity, the input louder (a roll is mostly zeros), the LSTM remembers
     */
    static Parameters initialise(Mel2MelConfig config, boolean conditioned, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int inputs = 1;
        for (Map.Entry<String, int[]> entry : config.weightShapes().entrySet()) {
            String name = entry.getKey();
            int[] shape = entry.getValue();
            if (name.startsWith("lstm.")) {
                inputs = config.units();
            } else if (shape.length > 1) {
                inputs = shape[1];
            }
            boolean table = name.equals(Mel2MelConfig.TIMBRES);
            double bound = 1.0 / Math.sqrt(inputs);
            float[] values = new float[(int) Tensor.size(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (table ? random.nextGaussian() : bound * (2.0 * random.nextDouble() - 1.0));
            }
            if (conditioned) {
                condition(name, values, config.units(), random);
            }
            tensors.put(name, new Tensor(shape, values));
        }
        return Parameters.of(tensors);
    }

    private static void condition(String name, float[] values, int units, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            if (name.equals("input.weight")) {
                values[i] = (float) (INPUT_DEVIATION * random.nextGaussian());
            } else if (name.startsWith("film")) {
                values[i] = 0.3f * values[i] + (name.endsWith("gamma.bias") ? 1f : 0f);
            } else if (name.startsWith("lstm.bias_hh") && i >= units && i < 2 * units) {
                values[i] += 1f;
            }
        }
    }

    /** The same network without normalisation: the last layer, which is linear, takes it over. */
    static Map<String, Tensor> folded(Parameters weights, Mel2MelData.Bands bands) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.copy().tensors());
        scaleOutput(tensors, bands.deviation());
        float[] bias = tensors.get(OUTPUT_BIAS).values();
        for (int band = 0; band < MelSpectrum.BANDS; band++) {
            bias[band] += bands.mean()[band];
        }
        return tensors;
    }

    /** The network that {@link #folded} gives these weights for. */
    static Parameters unfolded(Map<String, Tensor> weights, Mel2MelData.Bands bands) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(Parameters.of(weights).copy().tensors());
        float[] bias = tensors.get(OUTPUT_BIAS).values();
        float[] inverse = new float[MelSpectrum.BANDS];
        for (int band = 0; band < MelSpectrum.BANDS; band++) {
            bias[band] -= bands.mean()[band];
            inverse[band] = 1 / bands.deviation()[band];
        }
        scaleOutput(tensors, inverse);
        return Parameters.of(tensors);
    }

    private static void scaleOutput(Map<String, Tensor> tensors, float[] factors) {
        float[] matrix = tensors.get("output.weight").values();
        float[] bias = tensors.get(OUTPUT_BIAS).values();
        int width = matrix.length / MelSpectrum.BANDS;
        for (int band = 0; band < MelSpectrum.BANDS; band++) {
            for (int i = 0; i < width; i++) {
                matrix[band * width + i] *= factors[band];
            }
            bias[band] *= factors[band];
        }
    }
}
