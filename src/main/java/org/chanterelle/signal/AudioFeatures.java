package org.chanterelle.signal;

/**
 * What one control frame of an input sounds like: the same whether it came from a microphone or from MIDI. A mutable,
 * preallocated slot.
 */
public final class AudioFeatures {
    /** Fundamental frequency in Hz, always positive: in rests the last voiced value is held. */
    public float f0Hz = (float) Units.A4_HZ;

    /** A-weighted loudness in dB below 8 kHz, floored; see {@code analysis.LoudnessMeter} for the definition. */
    public float loudnessDb;

    /** Periodicity, 0 (noise) to 1 (a pure period). */
    public float confidence;

    /** Whether a pitch sounds in this frame, after the gate on level and periodicity. */
    public boolean voiced;

    /**
     * Stream time in seconds at which the sound of a voiced stretch begins, told with the stretch's first frame, perhaps a little
     * before or after its instant; NaN in all other frames and where no clear beginning is known.
     */
    public double onsetSeconds = Double.NaN;

    /** Copies all values from another slot. */
    public void set(AudioFeatures other) {
        f0Hz = other.f0Hz;
        loudnessDb = other.loudnessDb;
        confidence = other.confidence;
        voiced = other.voiced;
        onsetSeconds = other.onsetSeconds;
    }
}
