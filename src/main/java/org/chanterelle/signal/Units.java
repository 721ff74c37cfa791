package org.chanterelle.signal;

/** Conversions between the units of the field. */
public final class Units {
    /** Frequency of MIDI note 69. */
    public static final double A4_HZ = 440.0;

    private static final double DB_PER_NEPER = 20.0 / Math.log(10.0);

    private Units() {}

    /** MIDI note number, fractional, of a frequency in Hz (greater than 0). */
    public static double hzToMidi(double hz) {
        return 69.0 + 12.0 * Math.log(hz / A4_HZ) / Math.log(2.0);
    }

    /** Frequency in Hz of a fractional MIDI note number. */
    public static double midiToHz(double midi) {
        return A4_HZ * Math.pow(2.0, (midi - 69.0) / 12.0);
    }

    /** Interval from {@code referenceHz} up to {@code hz} in cents. */
    public static double cents(double hz, double referenceHz) {
        return 1200.0 * Math.log(hz / referenceHz) / Math.log(2.0);
    }

    /** Linear amplitude to decibels; 0 gives negative infinity. */
    public static double gainToDb(double gain) {
        return DB_PER_NEPER * Math.log(gain);
    }

    /** Decibels to linear amplitude. */
    public static double dbToGain(double db) {
        return Math.exp(db / DB_PER_NEPER);
    }
}
