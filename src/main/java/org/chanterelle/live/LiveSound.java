package org.chanterelle.live;

import org.chanterelle.analysis.Timing;
import org.chanterelle.inference.InputCalibration;

/** What a session plays. */
public sealed interface LiveSound permits TimbreSound, WaveSound {
    /** What plays an instrument. */
    enum Input {
        /** A microphone. */
        VOICE,
        /** A keyboard. */
        MIDI
    }

    /** A keyboard instrument. */
    static TimbreSound ofKeys(Instrument instrument) {
        return TimbreSound.of(instrument, Input.MIDI, Timing.LIVE, InputCalibration.unknown(instrument.card().normalisation()));
    }

    /** A voice's instrument. */
    static TimbreSound ofVoice(Instrument instrument, Timing timing, InputCalibration calibration) {
        return TimbreSound.of(instrument, Input.VOICE, timing, calibration);
    }
}
