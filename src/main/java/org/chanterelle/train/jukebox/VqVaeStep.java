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
            Heard heard = hear(manager, weights, outputs.add(vectors.sub(outputs).stopGradient()), audio, crops);
            NDArray distance = outputs.sub(vectors).square().mean();
            collector.backward(heard.slope.add(Scaled.by((float) commit, distance)));
            return new Lesson(
                    heard.loss + commit * distance.getFloat(), gradients(weights), rows.toFloatArray(), nearest.codes());
        }
    }

    /** The same where the decoder hears the encoder's outputs as they are; without codes. */
    Lesson learnUnrounded(Parameters parameters, float[] audio, int crops) {
        try (NDManager manager = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = parameters.lend(manager, true);
            NDArray outputs = new VqVaeEncoder(config, weights).forward(input(manager, audio, crops));
            Heard heard = hear(manager, weights, outputs, audio, crops);
            collector.backward(heard.slope);
            return new Lesson(heard.loss, gradients(weights), new float[0], new int[0]);
        }
    }

    /** What the decoder makes of vectors: its loss, and a sum whose gradient is the loss's. */
    private record Heard(double loss, NDArray slope) {}

    private Heard hear(NDManager manager, Map<String, NDArray> weights, NDArray vectors, float[] audio, int crops) {
        NDArray sound = new VqVaeDecoder(config, weights).forward(vectors);
        float[] values = sound.toFloatArray();
        float[] bySound = new float[values.length];
        double value = loss.apply(values, audio, crops, bySound);
        return new Heard(value, sound.mul(manager.create(bySound, sound.getShape())).sum());
    }

    private static Map<String, float[]> gradients(Map<String, NDArray> weights) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        weights.forEach((name, array) -> {
            try (NDArray gradient = array.getGradient()) {
                gradients.put(name, gradient.toFloatArray());
            }
        });
        return gradients;
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
