package org.chanterelle.train.jukebox;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.Scaled;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeDecoder;
import org.chanterelle.model.jukebox.VqVaeEncoder;
import org.chanterelle.train.Parameters;

/** One batch through the network: loss and gradient, or sound. Everything it makes on the engine is gone when it returns. */
final class VqVaeStep {
    private final NDManager root;
    private final VqVaeConfig config;
    private final VqVaeLoss loss;
    private final double commit;

    VqVaeStep(NDManager root, VqVaeConfig config, VqVaeLoss loss, double commit) {
        this.root = root;
        this.config = config;
        this.loss = loss;
        this.commit = commit;
    }

    /**
     * What a batch teaches.
     *
     * @param loss of the sound and of the distance to the codes
     * @param gradients by parameter name
     * @param rows the encoder's outputs, row after row
     * @param codes nearest to them
     */
    record Lesson(double loss, Map<String, float[]> gradients, float[] rows, int[] codes) {}

    /**
     * Decoded crops.
     *
     * @param audio crop after crop
     * @param codes they were decoded from
     */
    record Sound(float[] audio, int[] codes) {}

    /** The encoder's outputs of a batch, row after row. */
    float[] encode(Parameters parameters, float[] audio, int crops) {
        try (NDManager manager = root.newSubManager()) {
            return rows(new VqVaeEncoder(config, parameters.lend(manager, false)).forward(input(manager, audio, crops)))
                    .toFloatArray();
        }
    }

    /** Loss and gradient; the codebook stays as it is. */
    Lesson learn(Parameters parameters, Codebook codebook, float[] audio, int crops) {
        try (NDManager manager = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = parameters.lend(manager, true);
            NDArray outputs = new VqVaeEncoder(config, weights).forward(input(manager, audio, crops));
            NDArray rows = rows(outputs).stopGradient();
            Codebook.Nearest nearest = codebook.nearest(rows);
            NDArray vectors = vectors(manager, codebook, nearest.codes(), crops);
            // The decoder's gradient goes straight through the rounding.
            NDArray rounded = outputs.add(vectors.sub(outputs).stopGradient());
            NDArray sound = new VqVaeDecoder(config, weights).forward(rounded);
            float[] values = sound.toFloatArray();
            float[] bySound = new float[values.length];
            double value = loss.apply(values, audio, crops, bySound);
            NDArray distance = outputs.sub(vectors).square().mean();
            NDArray total = sound.mul(manager.create(bySound, sound.getShape())).sum()
                    .add(Scaled.by((float) commit, distance));
            collector.backward(total);
            Map<String, float[]> gradients = new LinkedHashMap<>();
            weights.forEach((name, array) -> {
                try (NDArray gradient = array.getGradient()) {
                    gradients.put(name, gradient.toFloatArray());
                }
            });
            return new Lesson(value + commit * distance.getFloat(), gradients, rows.toFloatArray(), nearest.codes());
        }
    }

    /** Crops encoded and decoded, without gradient. */
    Sound reconstruct(Parameters parameters, Codebook codebook, float[] audio, int crops) {
        try (NDManager manager = root.newSubManager()) {
            Map<String, NDArray> weights = parameters.lend(manager, false);
            NDArray outputs = new VqVaeEncoder(config, weights).forward(input(manager, audio, crops));
            int[] codes = codebook.nearest(rows(outputs)).codes();
            NDArray sound = new VqVaeDecoder(config, weights).forward(vectors(manager, codebook, codes, crops));
            return new Sound(sound.toFloatArray(), codes);
        }
    }

    private static NDArray input(NDManager manager, float[] audio, int crops) {
        return manager.create(audio, new Shape(crops, 1, audio.length / crops));
    }

    private NDArray rows(NDArray outputs) {
        return outputs.transpose(0, 2, 1).reshape(new Shape(-1, config.embedding()));
    }

    private NDArray vectors(NDManager manager, Codebook codebook, int[] codes, int crops) {
        return manager.create(codebook.lookUp(codes), new Shape(crops, codes.length / crops, config.embedding()))
                .transpose(0, 2, 1);
    }
}
