package org.chanterelle.inference;

/** Holds a tone over a consonant, softly falling, and gives up where no vowel follows in time. */
final class Bridge {
    /** Loudness falls no faster while bridging is on: neither into a consonant nor within it. */
    private static final double FALL_DB_PER_SECOND = 80;

    private final double controlRateHz;
    private boolean held;
    private int restFrames;
    private double loudnessDb;

    Bridge(double controlRateHz) {
        this.controlRateHz = controlRateHz;
        reset();
    }

    void reset() {
        held = false;
        restFrames = 0;
        loudnessDb = Double.NEGATIVE_INFINITY;
    }

    /**
     * Whether the tone sounds in the next control frame.
     *
     * @param longestMs longest rest that is bridged; 0 for none
     */
    boolean pass(boolean voiced, double voicedDb, double longestMs) {
        loudnessDb = Math.max(voiced ? voicedDb : Double.NEGATIVE_INFINITY, loudnessDb - FALL_DB_PER_SECOND / controlRateHz);
        restFrames = voiced ? 0 : restFrames + 1;
        held = voiced || held && restFrames <= longestMs / 1000 * controlRateHz;
        if (!held) {
            loudnessDb = Double.NEGATIVE_INFINITY;
        }
        return held;
    }

    /** Loudness of the tone. */
    double loudnessDb() {
        return loudnessDb;
    }
}
