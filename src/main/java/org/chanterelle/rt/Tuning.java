package org.chanterelle.rt;

import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.Units;

/** From keys to frequencies under the present tuning, scale and transposition. */
@RealTime
public final class Tuning {
    private static final double A4_KEY = 69;

    private Tuning() {}

    /** Frequency in Hz of a pitch in equal temperament, in MIDI note numbers: tuning, transposition and fine tuning applied. */
    public static double hz(ParameterValues values, double midi) {
        return values.get(Parameters.TUNING) * Math.pow(2, (midi - A4_KEY + shiftSemitones(values)) / 12);
    }

    /** Frequency in Hz at which a key of a channel sounds: all of {@link #hz(ParameterValues, double)}, the scale and the bend. */
    public static double hz(ParameterValues values, ChannelValues channels, int channel, int key) {
        return hz(values, (double) key + channels.scale().offsetSemitones(key) + channels.bendSemitones(channel));
    }

    /** That frequency as a multiple of the key's in equal temperament at A4 = 440 Hz. */
    public static double ratio(ParameterValues values, ChannelValues channels, int channel, int key) {
        return hz(values, A4_KEY + channels.scale().offsetSemitones(key) + channels.bendSemitones(channel)) / Units.A4_HZ;
    }

    /** Transposition of keys and voices in semitones: octaves (whole ones), semitones and fine tuning. */
    public static double shiftSemitones(ParameterValues values) {
        return 12 * Math.rint(values.get(Parameters.OCTAVE))
                + values.get(Parameters.SEMITONES)
                + values.get(Parameters.FINE) / 100.0;
    }
}
