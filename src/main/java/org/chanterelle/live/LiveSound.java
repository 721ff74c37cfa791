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
 * @param rumbleHz what lies below is noise of the rooms that the instrument was recorded in, and is taken away
 */
public record LiveSound(Instrument instrument, Input input, Timing timing, InputCalibration calibration, double rumbleHz) {
    /** What plays an instrument. */
    public enum Input {
        /** A microphone. */
        VOICE,
        /** A keyboard. */
        MIDI
    }

    /** What lies below this share of the lowest pitch is rumble. */
    private static final double RUMBLE_SHARE = 0.7;

    /** A keyboard instrument. */
    public static LiveSound ofKeys(Instrument instrument) {
        return of(instrument, Input.MIDI, Timing.LIVE, InputCalibration.unknown(instrument.card().normalisation()));
    }

    /** A voice's instrument. */
    public static LiveSound ofVoice(Instrument instrument, Timing timing, InputCalibration calibration) {
        return of(instrument, Input.VOICE, timing, calibration);
    }

    /** The same with another limit of what is rumble. */
    public LiveSound withRumbleHz(double hz) {
        return new LiveSound(instrument, input, timing, calibration, hz);
    }

    private static LiveSound of(Instrument instrument, Input input, Timing timing, InputCalibration calibration) {
        return new LiveSound(instrument, input, timing, calibration, RUMBLE_SHARE * instrument.card().pitchRange().lowHz());
    }
}
