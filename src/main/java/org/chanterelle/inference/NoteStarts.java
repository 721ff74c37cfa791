package org.chanterelle.inference;

import org.chanterelle.model.ModelCard;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.rt.NoteHeads;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;

/** Where the notes of a model begin: the recurrent state of each key, settled on silence, and the first controls from there. */
public final class NoteStarts {
    /** What is held ready of each note. */
    public static final double HEAD_SECONDS = 0.05;

    private static final double SETTLE_SECONDS = 0.4;
    private static final int KEYS_BEYOND = 12;
    private static final int LAST_KEY = 127;
    private static final float[] VELOCITIES = {1, 20, 40, 60, 80, 100, 127};

    /** A note's beginning is audible from this share of its largest amplitude: -40 dB. */
    private static final double AUDIBLE = 0.01;

    private final int lowKey;
    private final float[][] states;
    private final NoteHeads heads;
    private final double onsetSeconds;

    /**
     * Computes them all: some 15,000 steps, which also warm the decoder up.
     *
     * @param attackSeconds swell of each note
     */
    public NoteStarts(DecoderWeights weights, ModelCard.PitchRange range, double attackSeconds) {
        TimbreConfig config = weights.config();
        lowKey = Math.max(0, (int) Math.floor(Units.hzToMidi(range.lowHz())) - KEYS_BEYOND);
        int highKey = Math.min(LAST_KEY, (int) Math.ceil(Units.hzToMidi(range.highHz())) + KEYS_BEYOND);
        states = new float[highKey - lowKey + 1][];
        int frames = (int) Math.ceil(HEAD_SECONDS * config.controlRateHz());
        heads = new NoteHeads(lowKey, states.length, VELOCITIES, frames, config.harmonics(), config.noiseBands());
        VectorTimbreDecoder decoder = new VectorTimbreDecoder(weights);
        SynthControls controls = decoder.newControls();
        AudioFeatures features = new AudioFeatures();
        double latest = 0;
        for (int row = 0; row < states.length; row++) {
            features.f0Hz = (float) Units.midiToHz(lowKey + row);
            settle(decoder, features, weights.normalisation, config.controlRateHz(), controls);
            states[row] = new float[decoder.stateSize()];
            decoder.saveState(states[row]);
            for (int velocity = 0; velocity < VELOCITIES.length; velocity++) {
                decoder.loadState(states[row]);
                float[] amplitude = new float[frames];
                for (int frame = 0; frame < frames; frame++) {
                    features.loudnessDb = NoteLoudness.db(
                            weights.normalisation, VELOCITIES[velocity], 1, frame / config.controlRateHz(), attackSeconds, 0);
                    decoder.step(features, controls);
                    heads.put(lowKey + row, velocity, frame, controls, features.f0Hz);
                    amplitude[frame] = controls.amplitude;
                }
                latest = Math.max(latest, audibleAfter(amplitude));
            }
        }
        onsetSeconds = latest / config.controlRateHz();
    }

    private static void settle(VectorTimbreDecoder decoder, AudioFeatures features, Normalisation normalisation,
            double controlRateHz, SynthControls controls) {
        decoder.reset();
        features.loudnessDb = normalisation.loudnessLowDb();
        for (int i = 0; i < SETTLE_SECONDS * controlRateHz; i++) {
            decoder.step(features, controls);
        }
    }

    /** Control periods from the event, at which the ramp to the first control begins, until the amplitude is audible. */
    private static double audibleAfter(float[] amplitude) {
        double largest = 0;
        for (float x : amplitude) {
            largest = Math.max(largest, x);
        }
        double before = 0;
        for (int frame = 0; frame < amplitude.length; frame++) {
            if (amplitude[frame] >= AUDIBLE * largest) {
                return frame + (AUDIBLE * largest - before) / Math.max(1e-12, amplitude[frame] - before);
            }
            before = amplitude[frame];
        }
        return amplitude.length;
    }

    /** The first controls. */
    public NoteHeads heads() {
        return heads;
    }

    /** Time from an event until the slowest note is audible, -40 dB of its beginning's largest amplitude. */
    public double onsetSeconds() {
        return onsetSeconds;
    }

    /** Puts a decoder where a note of this key begins. */
    void begin(VectorTimbreDecoder decoder, double key) {
        int row = Math.clamp(Math.round(key) - lowKey, 0, states.length - 1);
        decoder.loadState(states[row]);
    }
}
