package org.chanterelle.signal;

/** How the 128 keys are tuned: each key's distance from its place in equal temperament, or that it does not sound. Immutable. */
public final class KeyScale {
    /** Keys of MIDI. */
    public static final int KEYS = 128;

    /** Twelve equal steps in an octave, A4 (key 69) at 440 Hz. */
    public static final KeyScale EQUAL = new KeyScale(new float[KEYS]);

    private final float[] offsetSemitones;

    /** @param hz frequency of every key in Hz where A4 is tuned to 440 Hz; NaN for a key that does not sound */
    public KeyScale(double[] hz) {
        if (hz.length != KEYS) {
            throw new IllegalArgumentException(hz.length + " keys; expected " + KEYS);
        }
        offsetSemitones = new float[KEYS];
        for (int key = 0; key < KEYS; key++) {
            offsetSemitones[key] = (float) (Units.hzToMidi(hz[key]) - key);
        }
    }

    private KeyScale(float[] offsetSemitones) {
        this.offsetSemitones = offsetSemitones;
    }

    /** Whether a key, 0 to 127, sounds. */
    @RealTime
    public boolean sounds(int key) {
        return !Float.isNaN(offsetSemitones[key]);
    }

    /** From a key's place in equal temperament to its own, in semitones; 0 for one that does not sound. */
    @RealTime
    public float offsetSemitones(int key) {
        return sounds(key) ? offsetSemitones[key] : 0f;
    }
}
