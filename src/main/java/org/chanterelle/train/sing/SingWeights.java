package org.chanterelle.train.sing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.train.Parameters;

/** The weights before training, and those that are shipped after it. */
final class SingWeights {
    private SingWeights() {}

    /** All weights of training: those that are shipped, then the encoder's. */
    static Map<String, int[]> shapes(SingConfig config) {
        Map<String, int[]> shapes = config.weightShapes();
        shapes.putAll(config.encoderShapes());
        return shapes;
    }

    /** Freshly drawn as torch draws them: tables normal, all else uniform within one over the square root of the inputs. */
    static Parameters initialise(SingConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int inputs = 1;
        for (Map.Entry<String, int[]> entry : shapes(config).entrySet()) {
            String name = entry.getKey();
            int[] shape = entry.getValue();
            if (name.startsWith("seq.lstm.")) {
                inputs = config.lstmUnits();
            } else if (shape.length > 1) {
                inputs = shape.length == 2 ? shape[1] : shape[1] * shape[2];
            }
            boolean table = name.contains("table");
            double bound = 1.0 / Math.sqrt(inputs);
            float[] values = new float[(int) Tensor.size(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (table ? random.nextGaussian() : bound * (2.0 * random.nextDouble() - 1.0));
            }
            tensors.put(name, new Tensor(shape, values));
        }
        return Parameters.of(tensors);
    }

    /**
     * Weights for notes as they are, not raised by the gain of training: the decoder's last layer, which is linear, takes the gain
     * back, and the encoder's first one adds it.
     *
     * @param shapes what is wanted, in file order
     */
    static Map<String, Tensor> atNoteLevel(Map<String, int[]> shapes, Parameters weights, double gainDb) {
        float gain = (float) Math.pow(10, gainDb / 20);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            float[] values = weights.tensors().get(name).values().clone();
            float factor = name.startsWith("dec.layers.6.") ? 1 / gain : name.equals("enc.layers.0.conv.weight") ? gain : 1f;
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
            }
            tensors.put(name, new Tensor(shape, values));
        });
        return tensors;
    }
}
