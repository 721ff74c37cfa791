package org.chanterelle.live;

import org.chanterelle.analysis.Timing;
import org.chanterelle.inference.InputCalibration;

/**
 * A timbre model as it is played.
 *
 * @param instrument the model, made ready
 * @param input what plays it
 * @param timing whether each pitch comes as early as it can be known, or all at one constant delay
 * @param calibration what is known about the microphone; used with {@link LiveSound.Input#VOICE}
 * @param rumbleHz what lies below is noise of the rooms that the instrument was recorded in, and is taken away
 */
public record TimbreSound(Instrument instrument, Input input, Timing timing, InputCalibration calibration, double rumbleHz)
        implements LiveSound {
    /** What lies below this share of the lowest pitch is rumble. */
    private static final double RUMBLE_SHARE = 0.7;

    /** The same with another limit of what is rumble. */
    public TimbreSound withRumbleHz(double hz) {
        return new TimbreSound(instrument, input, timing, calibration, hz);
    }

    static TimbreSound of(Instrument instrument, Input input, Timing timing, InputCalibration calibration) {
        return new TimbreSound(instrument, input, timing, calibration, RUMBLE_SHARE * instrument.card().pitchRange().lowHz());
    }
}
