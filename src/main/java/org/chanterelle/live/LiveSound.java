package org.chanterelle.live;

import org.chanterelle.analysis.Timing;
import org.chanterelle.inference.InputCalibration;

/**
 * What a session plays.
 *
 * @param instrument the model, made ready
 * @param input what plays it
 * @param timing whether each pitch comes as early as it can be known, or all at one constant delay
 * @param calibration what is known about the microphone; used with {@link Input#VOICE}
 */
public record LiveSound(Instrument instrument, Input input, Timing timing, InputCalibration calibration) {
    /** What plays an instrument. */
    public enum Input {
        /** A microphone. */
        VOICE,
        /** A keyboard. */
        MIDI
    }

    /** A keyboard instrument. */
    public static LiveSound ofKeys(Instrument instrument, Timing timing) {
        return new LiveSound(instrument, Input.MIDI, timing, InputCalibration.unknown(instrument.card().normalisation()));
    }

    /** The same from another microphone. */
    public LiveSound with(InputCalibration newCalibration) {
        return new LiveSound(instrument, input, timing, newCalibration);
    }
}
