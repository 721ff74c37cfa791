package org.chanterelle.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.ddsp.SpectralLoss;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.model.timbre.TimbreSynthesis;
import org.chanterelle.signal.FeatureTrack;

/** One batch through the model: the loss and its gradient, or a rendering. Everything it makes on the engine is gone when it returns. */
final class TimbreStep {
    private final NDManager root;
    private final TimbreSynthesis synthesis;
    private final SpectralLoss loss = SpectralLoss.course();
    private final int hop;

    TimbreStep(NDManager root, TimbreConfig config, Normalisation normalisation) {
        this.root = root;
        this.synthesis = new TimbreSynthesis(config, normalisation);
        this.hop = (int) Math.round(config.sampleRateHz() / config.controlRateHz());
    }

    /** Loss and its gradient by parameter name. */
    record Gradient(double loss, Map<String, float[]> gradients) {}

    /**
     * Loss over all but the first {@code contextFrames} control frames of each crop, and its gradient.
     *
     * @param noiseSeed of the white noise, so that a step can be repeated
     */
    Gradient gradient(Parameters parameters, TimbreClip[] crops, int contextFrames, int noiseSeed) {
        try (NDManager manager = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = parameters.lend(manager, true);
            NDArray output = render(manager, weights, crops, noiseSeed);
            NDArray value = masked(manager, output, crops, contextFrames);
            collector.backward(value);
            Map<String, float[]> gradients = new LinkedHashMap<>();
            weights.forEach((name, array) -> {
                try (NDArray gradient = array.getGradient()) {
                    gradients.put(name, gradient.toFloatArray());
                }
            });
            return new Gradient(value.getFloat(), gradients);
        }
    }

    private NDArray masked(NDManager manager, NDArray output, TimbreClip[] crops, int contextFrames) {
        int frames = crops[0].features().length();
        float[] target = new float[crops.length * frames * hop];
        float[] masks = new float[target.length];
        for (int b = 0; b < crops.length; b++) {
            System.arraycopy(crops[b].audio(), 0, target, b * frames * hop, frames * hop);
            fade(crops[b].mask(), masks, b * frames * hop);
        }
        NDArray mask = manager.create(masks, new Shape(crops.length, (long) frames * hop));
        String after = ":, " + contextFrames * hop + ":";
        NDArray wanted = manager.create(target, new Shape(crops.length, (long) frames * hop)).mul(mask);
        return loss.apply(output.mul(mask).get(after), wanted.get(after));
    }

    /** Straight lines between the control frames, so that the mask itself makes no edges for the loss to see. */
    private void fade(float[] mask, float[] out, int offset) {
        for (int i = 0; i < mask.length; i++) {
            float slope = (mask[Math.min(i + 1, mask.length - 1)] - mask[i]) / hop;
            for (int n = 0; n < hop; n++) {
                out[offset + i * hop + n] = mask[i] + slope * n;
            }
        }
    }

    private NDArray render(NDManager manager, Map<String, NDArray> weights, TimbreClip[] crops, int noiseSeed) {
        FeatureTrack[] features = new FeatureTrack[crops.length];
        int[] rooms = new int[crops.length];
        for (int b = 0; b < crops.length; b++) {
            features[b] = crops[b].features();
            rooms[b] = crops[b].room();
        }
        Engine.getInstance().setRandomSeed(noiseSeed);
        Shape shape = new Shape(crops.length, (long) features[0].length() * hop);
        NDArray noise = manager.randomUniform(-1f, 1f, shape, DataType.FLOAT32);
        return synthesis.render(weights, features, rooms, noise);
    }

    /** Renders one whole clip, without gradient. */
    float[] render(Parameters parameters, TimbreClip clip, int noiseSeed) {
        try (NDManager manager = root.newSubManager()) {
            return render(manager, parameters.lend(manager, false), new TimbreClip[] {clip}, noiseSeed).toFloatArray();
        }
    }

    /** Loss of a rendering brought to the clip's RMS level. */
    double validate(float[] rendered, TimbreClip clip) {
        float gain = (float) Math.sqrt(power(clip.audio()) / Math.max(1e-20, power(rendered)));
        try (NDManager manager = root.newSubManager()) {
            NDArray a = manager.create(rendered, new Shape(1, rendered.length)).mul(gain);
            NDArray b = manager.create(clip.audio(), new Shape(1, rendered.length));
            return loss.apply(a, b).getFloat();
        }
    }

    private static double power(float[] audio) {
        double sum = 0;
        for (float v : audio) {
            sum += (double) v * v;
        }
        return sum;
    }
}
