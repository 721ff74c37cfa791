package org.chanterelle.inference;

import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;

/**
 * The timbre model's network for voices that come and go: those that are due take their next control frame together, as one batch, and
 * the recurrent state of each is carried from step to step. Voices are numbered from 0. One thread.
 */
public interface StepDecoder {
    /** Slots of this model's shape. */
    SynthControls newControls();

    /** Number of values in a voice's recurrent state. */
    int stateSize();

    /** Copies a voice's recurrent state out. */
    void saveState(int voice, float[] to);

    /** Lets a voice go on from a saved state; from zeros, as if nothing had been played. */
    void loadState(int voice, float[] from);

    /**
     * Takes one step with some of the voices; the others keep their state. Loudness beyond the training set's 5th to 95th percentile
     * reaches the network clamped, and the rest multiplies amplitude and noise as plain gain.
     *
     * @param count how many voices
     * @param voices their numbers, each once, in the first {@code count} places
     * @param in by the voice's number: pitch in Hz, greater than 0, and loudness in dB; voicing and confidence are not looked at
     * @param out by the voice's number: slots from {@link #newControls()}
     */
    void step(int count, int[] voices, AudioFeatures[] in, SynthControls[] out);
}
