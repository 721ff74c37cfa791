package org.chanterelle.rt;

import org.chanterelle.signal.SynthControls;

/**
 * From the worker to the audio thread: one control frame of one voice, or, from models that make sound, one block of audio. A
 * preallocated slot of a patch's control ring.
 */
public final class ControlMessage {
    /** No gate event within this control frame. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Most MIDI messages with one control frame. */
    static final int MIDI_CAPACITY = 16;

    /** Voice within the patch. */
    public int voice;

    /** Number of the note that it belongs to; a voice that has begun another ignores it. */
    public int serial;

    /** Which control frame, counted from the note's beginning (a microphone's: from the stream's). */
    public long index;

    /** How long the note will take to fade when it is released, or 0 where the release parameter says it. */
    public float releaseSeconds;

    /** Frame since the stream's beginning at which the sound begins, or {@link #NEVER}. For microphones. */
    public long openFrame = NEVER;

    /** Frame since the stream's beginning at which the sound has ended, or {@link #NEVER}. For microphones. */
    public long closeFrame = NEVER;

    /** What the tracked melody says over MIDI with this control frame. For microphones. */
    public final MidiBuffer midi = new MidiBuffer(MIDI_CAPACITY);

    /** The controls; without harmonics where the worker makes sound. */
    public final SynthControls controls;

    /** The sound at the model's rate; empty where the worker makes controls. */
    public final float[] audio;

    ControlMessage(int harmonics, int noiseBands) {
        controls = new SynthControls(harmonics, noiseBands);
        audio = new float[0];
    }

    ControlMessage(int blockFrames) {
        controls = new SynthControls(0, 0);
        audio = new float[blockFrames];
    }
}
