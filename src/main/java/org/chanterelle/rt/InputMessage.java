package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** From the audio thread to the worker: sound, time, and what happens to notes. A preallocated slot of the input ring. */
public final class InputMessage {
    /** Most frames of sound in one message; a longer block takes several. */
    public static final int MAX_FRAMES = 256;

    /** What a message tells. */
    public enum Kind {
        /** A piece of the input, and with it the time. */
        AUDIO,
        /** Only the time: {@link #frameTime} plus {@link #frames} is where the next block begins. */
        TICK,
        /** A voice begins a note. */
        NOTE_ON,
        /** A voice goes on to another note in the same bow. */
        SLUR,
        /** Its key is up, and the pedal too. */
        NOTE_OFF,
        /** It is silent and free. */
        NOTE_END
    }

    /** What this is. */
    public Kind kind = Kind.TICK;

    /** Which patch it concerns. */
    public int patch;

    /** Frame at which it begins or happens, on the driver's clock. */
    public long frameTime;

    /** Length in frames. */
    public int frames;

    /** Voice within the patch. */
    public int voice;

    /** Number of the note, counted up with each. */
    public int serial;

    /** MIDI channel, 0 to 15. */
    public int channel;

    /** MIDI note number. */
    public int key;

    /** MIDI note number of the sound that a model of whole notes is to make; the callback bends it to the key's pitch. */
    public int pitch;

    /** MIDI velocity, 1 to 127. */
    public int velocity;

    /** By how many frames a note begins after {@link #frameTime}. */
    public int delayFrames;

    /** Which of a note's players it is; the first plays in tune, the others a little beside. */
    public int player;

    /** Key from which it glides, sounding or not; -1 for none. */
    public int glideKey;

    /** Seed of how the note is played. */
    public long seed;

    /** Sound, mono; the first {@link #frames} values count. */
    public final float[] audio = new float[MAX_FRAMES];

    /** Fills in what every message has. */
    @RealTime
    void begin(Kind newKind, int newPatch, long newFrameTime) {
        kind = newKind;
        patch = newPatch;
        frameTime = newFrameTime;
        frames = 0;
    }
}
