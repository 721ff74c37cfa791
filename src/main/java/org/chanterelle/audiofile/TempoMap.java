package org.chanterelle.audiofile;

/** Turns the ticks of a MIDI file into seconds. Asked in order of ticks. */
final class TempoMap {
    /** 120 quarter notes a minute, until the file says otherwise. */
    private static final int DEFAULT_QUARTER_US = 500_000;
    private static final double DROP_FRAME_RATE_HZ = 30_000.0 / 1001;

    private final int division;
    private double secondsPerTick;
    private long fromTick;
    private double fromSeconds;

    /**
     * @param division as in the file's header
     * @param fromSeconds moment of tick 0
     */
    TempoMap(int division, double fromSeconds) {
        this.division = division;
        this.fromSeconds = fromSeconds;
        secondsPerTick = division > 0
                ? secondsPerTick(DEFAULT_QUARTER_US)
                : 1 / (frameRateHz(-(division >> 8)) * (division & 0xff));
    }

    private static double frameRateHz(int code) {
        return code == 29 ? DROP_FRAME_RATE_HZ : code;
    }

    private double secondsPerTick(int quarterUs) {
        return quarterUs * 1e-6 / division;
    }

    /** The moment of a tick, not before the last change of tempo. */
    double seconds(long tick) {
        return fromSeconds + (tick - fromTick) * secondsPerTick;
    }

    /** From that tick on, a quarter note lasts so many microseconds; nothing changes where ticks are parts of a time code. */
    void change(long tick, int quarterUs) {
        if (division > 0) {
            fromSeconds = seconds(tick);
            fromTick = tick;
            secondsPerTick = secondsPerTick(quarterUs);
        }
    }
}
