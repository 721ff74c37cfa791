package org.chanterelle.model.timbre;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.chanterelle.ddsp.FilteredNoise;
import org.chanterelle.ddsp.HarmonicSynth;
import org.chanterelle.ddsp.LearnedReverb;
import org.chanterelle.ddsp.Upsampling;
import org.chanterelle.signal.FeatureTrack;

/** Features to audio at the model's rate on NDArrays, differentiable in the weights: decoder, harmonics, noise and room. */
public final class TimbreSynthesis {
    private final TimbreConfig config;
    private final Normalisation normalisation;
    private final HarmonicSynth harmonics;
    private final FilteredNoise noise;

    /** For a model whose control rate divides its sample rate. */
    public TimbreSynthesis(TimbreConfig config, Normalisation normalisation) {
        this.config = config;
        this.normalisation = normalisation;
        int hop = (int) Math.round(config.sampleRateHz() / config.controlRateHz());
        this.harmonics = new HarmonicSynth(config.sampleRateHz(), hop, config.harmonics(), Upsampling.LINEAR_HELD);
        this.noise = new FilteredNoise(hop, FilteredNoise.Overlap.ADDED);
    }

    /**
     * Renders a batch; a gradient must have been taken before the next call.
     *
     * @param weights those of {@link TimbreDecoder}, and the reverb
     * @param features one track of equal length for each clip
     * @param rooms index of each clip's room; ignored without a reverb
     * @param white noise, -1 to 1, shape (batch, frames * hop)
     * @return audio, shape (batch, frames * hop)
     */
    public NDArray render(Map<String, NDArray> weights, FeatureTrack[] features, int[] rooms, NDArray white) {
        NDManager manager = white.getManager();
        TimbreDecoder.Controls controls = new TimbreDecoder(config, weights)
                .forward(column(manager, features, Column.F0), column(manager, features, Column.PITCH),
                        column(manager, features, Column.LOUDNESS), null);
        return render(weights, controls, features, rooms, white);
    }

    /** The same from controls already decoded. */
    public NDArray render(Map<String, NDArray> weights, TimbreDecoder.Controls controls, FeatureTrack[] features, int[] rooms,
            NDArray white) {
        NDManager manager = white.getManager();
        float[][] f0Hz = new float[features.length][];
        for (int i = 0; i < f0Hz.length; i++) {
            f0Hz[i] = features[i].f0Hz();
        }
        NDArray gain = column(manager, features, Column.GAIN);
        NDArray harmonic = harmonics.render(f0Hz, harmonicAmplitudes(controls, gain));
        return room(weights, harmonic.add(noise.filter(controls.noiseMagnitudes().mul(gain), white)), rooms);
    }

    /** Linear amplitude of each harmonic, shape (batch, frames, harmonics). */
    public static NDArray harmonicAmplitudes(TimbreDecoder.Controls controls, NDArray gain) {
        return controls.harmonicDistribution().mul(controls.amplitude().mul(gain));
    }

    /**
     * White noise through the model's filter.
     *
     * @param magnitudes linear, shape (batch, frames, bands)
     * @param white shape (batch, frames * hop)
     */
    public NDArray filteredNoise(NDArray magnitudes, NDArray white) {
        return noise.filter(magnitudes, white);
    }

    /** Adds each clip's room to the dry sound, shape (batch, frames * hop). */
    public NDArray room(Map<String, NDArray> weights, NDArray dry, int[] rooms) {
        if (config.reverbTaps() == 0) {
            return dry;
        }
        LearnedReverb reverb = new LearnedReverb(config.sampleRateHz(), TimbreConfig.REVERB_DECAY_PER_SECOND);
        NDArray responses = reverb.impulseResponses(weights.get("reverb"));
        return LearnedReverb.apply(dry, responses.get(dry.getManager().create(rooms)));
    }

    /** What the network is told of a sound. */
    public enum Column {
        /** Pitch in Hz. */
        F0,
        /** The network's pitch input. */
        PITCH,
        /** The network's loudness input. */
        LOUDNESS,
        /** What the loudness input leaves to plain gain. */
        GAIN
    }

    /** One column of a batch of features, shape (batch, frames, 1). */
    public NDArray column(NDManager manager, FeatureTrack[] features, Column column) {
        int frames = features[0].length();
        float[] values = new float[features.length * frames];
        for (int b = 0; b < features.length; b++) {
            for (int i = 0; i < frames; i++) {
                float f0Hz = features[b].f0Hz()[i];
                float loudnessDb = features[b].loudnessDb()[i];
                values[b * frames + i] = switch (column) {
                    case F0 -> f0Hz;
                    case PITCH -> Normalisation.pitchInput(f0Hz);
                    case LOUDNESS -> normalisation.loudnessInput(loudnessDb);
                    case GAIN -> normalisation.gain(loudnessDb);
                };
            }
        }
        return manager.create(values, new Shape(features.length, frames, 1));
    }
}
