package org.chanterelle.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.ddsp.HarmonicSum;
import org.chanterelle.ddsp.SpectralGradient;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.model.timbre.TimbreDecoder;
import org.chanterelle.model.timbre.TimbreSynthesis;
import org.chanterelle.model.timbre.TimbreSynthesis.Column;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;

/** One batch through the model: the loss and its gradient, or a rendering. Everything it makes on the engine is gone when it returns. */
final class TimbreStep {
    private final NDManager root;
    private final double dropout;
    private final TimbreConfig config;
    private final TimbreSynthesis synthesis;
    private final HarmonicSum harmonics;
    private final SpectralGradient loss;
    private final SpectralGradient courseLoss = new SpectralGradient();
    private final int hop;

    /**
     * @param dropout share of the recurrence's inputs and outputs that each crop does without
     * @param lossWindows of the spectral loss, in audio frames
     */
    TimbreStep(NDManager root, TimbreConfig config, Normalisation normalisation, double dropout, int[] lossWindows) {
        this.loss = new SpectralGradient(lossWindows);
        this.root = root;
        this.dropout = dropout;
        this.config = config;
        this.synthesis = new TimbreSynthesis(config, normalisation);
        this.hop = (int) Math.round(config.sampleRateHz() / config.controlRateHz());
        this.harmonics = new HarmonicSum(config.sampleRateHz(), hop, config.harmonics());
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
            Batch batch = Batch.of(crops);
            Engine.getInstance().setRandomSeed(noiseSeed + 1);
            TimbreDecoder decoder = new TimbreDecoder(config, weights);
            NDArray pitch = synthesis.column(manager, batch.features, Column.PITCH);
            NDArray loudness = synthesis.column(manager, batch.features, Column.LOUDNESS);
            NDArray computed = decoder.features(pitch, loudness);
            NDArray features = leaf(computed);
            NDArray kept = kept(features);
            NDArray projected = features.mul(kept).matMul(weights.get("gru.weight_ih_l0").transpose())
                    .add(weights.get("gru.bias_ih_l0"));
            TimbreRecurrence recurrence = new TimbreRecurrence(parameters, crops.length, batch.features[0].length(),
                    config.units());
            NDArray sequence = leaf(recurrence.forward(projected));
            NDArray joined = decoder.join(features.mul(kept), sequence.mul(kept(sequence)), pitch, loudness);
            TimbreDecoder.Controls controls = decoder.heads(synthesis.column(manager, batch.features, Column.F0), joined, null);
            NDArray gain = synthesis.column(manager, batch.features, Column.GAIN);
            NDArray amplitudes = TimbreSynthesis.harmonicAmplitudes(controls, gain);
            NDArray noise = controls.noiseMagnitudes().mul(gain);

            // The graph is cut around all that is done in plain Java: the recurrence, the harmonics, the loss. Each part is handed
            // the gradient that the part behind it found.
            float[][] f0Hz = batch.f0Hz();
            NDArray harmonic = manager.create(harmonics.forward(f0Hz, amplitudes.toFloatArray()), batch.audioShape(hop));
            harmonic.setRequiresGradient(true);
            NDArray magnitudes = leaf(noise);
            Engine.getInstance().setRandomSeed(noiseSeed);
            NDArray dry = harmonic.add(synthesis.filteredNoise(magnitudes, white(manager, batch)));
            NDArray output = synthesis.room(weights, dry, batch.rooms);
            Masked masked = masked(output.toFloatArray(), crops, contextFrames);

            collector.backward(output.mul(manager.create(masked.gradient, output.getShape())).sum());
            float[] byAmplitude = harmonics.backward(f0Hz, harmonic.getGradient().toFloatArray());
            collector.backward(amplitudes.mul(manager.create(byAmplitude, amplitudes.getShape())).sum()
                    .add(noise.mul(magnitudes.getGradient()).sum()));
            collector.backward(projected.mul(recurrence.backward(sequence.getGradient())).sum());
            collector.backward(computed.mul(features.getGradient()).sum());
            return new Gradient(masked.loss, collect(weights, recurrence, manager));
        }
    }

    /**
     * Factors that leave out a share of the channels, the same for the whole of each crop (Gal and Ghahramani 2016): a model that
     * cannot lean on any one of them generalises from minutes of sound. The others are raised to keep the sum.
     */
    private NDArray kept(NDArray x) {
        Shape shape = new Shape(x.getShape().get(0), 1, x.getShape().get(2));
        NDArray kept = x.getManager().randomUniform(0f, 1f, shape, DataType.FLOAT32).gte(dropout);
        return kept.toType(DataType.FLOAT32, false).div(1.0 - dropout);
    }

    private static NDArray leaf(NDArray x) {
        NDArray leaf = x.stopGradient().duplicate();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private static Map<String, float[]> collect(Map<String, NDArray> weights, TimbreRecurrence recurrence, NDManager manager) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        weights.forEach((name, array) -> {
            switch (name) {
                case "gru.weight_hh_l0" -> gradients.put(name, recurrence.weightGradient(manager));
                case "gru.bias_hh_l0" -> gradients.put(name, recurrence.biasGradient());
                default -> gradients.put(name, array.getGradient().toFloatArray());
            }
        });
        return gradients;
    }

    /** What the synthesiser needs of a batch of crops. */
    private record Batch(FeatureTrack[] features, int[] rooms) {
        float[][] f0Hz() {
            float[][] curves = new float[features.length][];
            for (int b = 0; b < curves.length; b++) {
                curves[b] = features[b].f0Hz();
            }
            return curves;
        }

        Shape audioShape(int hop) {
            return new Shape(features.length, (long) features[0].length() * hop);
        }

        static Batch of(TimbreClip[] crops) {
            FeatureTrack[] features = new FeatureTrack[crops.length];
            int[] rooms = new int[crops.length];
            for (int b = 0; b < crops.length; b++) {
                features[b] = crops[b].features();
                rooms[b] = crops[b].room();
            }
            return new Batch(features, rooms);
        }
    }

    private NDArray white(NDManager manager, Batch batch) {
        return manager.randomUniform(-1f, 1f, batch.audioShape(hop), DataType.FLOAT32);
    }

    /** Loss over what the mask leaves, and its gradient by the unmasked output. */
    private record Masked(double loss, float[] gradient) {}

    private Masked masked(float[] output, TimbreClip[] crops, int contextFrames) {
        int length = output.length / crops.length;
        int skip = contextFrames * hop;
        int kept = length - skip;
        float[] mask = new float[length];
        float[] masks = new float[crops.length * kept];
        float[] sound = new float[masks.length];
        float[] wanted = new float[masks.length];
        for (int b = 0; b < crops.length; b++) {
            fade(crops[b].mask(), mask);
            for (int n = 0; n < kept; n++) {
                int to = b * kept + n;
                masks[to] = mask[skip + n];
                sound[to] = masks[to] * output[b * length + skip + n];
                wanted[to] = masks[to] * crops[b].audio()[skip + n];
            }
        }
        float[] gradient = new float[masks.length];
        double[] bandwidth = Arrays.stream(crops).mapToDouble(TimbreClip::bandwidth).toArray();
        double value = loss.apply(sound, wanted, bandwidth, gradient);
        float[] byOutput = new float[output.length];
        for (int i = 0; i < gradient.length; i++) {
            byOutput[i / kept * length + skip + i % kept] = masks[i] * gradient[i];
        }
        return new Masked(value, byOutput);
    }

    /** Straight lines between the control frames, so that the mask itself makes no edges for the loss to see. */
    private void fade(float[] mask, float[] out) {
        for (int i = 0; i < mask.length; i++) {
            float slope = (mask[Math.min(i + 1, mask.length - 1)] - mask[i]) / hop;
            for (int n = 0; n < hop; n++) {
                out[i * hop + n] = mask[i] + slope * n;
            }
        }
    }

    /** Renders one whole clip, without gradient. */
    float[] render(Parameters parameters, TimbreClip clip, int noiseSeed) {
        try (NDManager manager = root.newSubManager()) {
            Batch batch = Batch.of(new TimbreClip[] {clip});
            Engine.getInstance().setRandomSeed(noiseSeed);
            NDArray white = white(manager, batch);
            return synthesis.render(parameters.lend(manager, false), batch.features, batch.rooms, white).toFloatArray();
        }
    }

    /** The course's loss of a rendering brought to the clip's RMS level, over the band that the clip has. */
    double validate(float[] rendered, TimbreClip clip) {
        float[] levelled = Levels.atRms(rendered, Levels.rmsDbfs(clip.audio()));
        return courseLoss.apply(levelled, clip.audio(), new double[] {clip.bandwidth()}, new float[rendered.length]);
    }
}
