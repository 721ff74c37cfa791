package org.chanterelle.rt;

import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;

/** From keys to frequencies under the present tuning and transposition. */
@RealTime
public final class Tuning {
    private static final double A4_KEY = 69;

    private Tuning() {}

    /** Frequency in Hz of a key, fractional where it is bent: tuning, transposition and fine tuning applied. */
    public static double hz(ParameterValues values, double key) {
        return values.get(Parameters.TUNING) * Math.pow(2, (key - A4_KEY + shiftSemitones(values)) / 12);
    }

    /** Transposition of keys and voices in semitones: octaves (whole ones), semitones and fine tuning. */
    public static double shiftSemitones(ParameterValues values) {
        return 12 * Math.rint(values.get(Parameters.OCTAVE))
                + values.get(Parameters.SEMITONES)
                + values.get(Parameters.FINE) / 100.0;
    }
}
