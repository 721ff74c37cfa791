package org.chanterelle.analysis;

/**
 * The pitch of a stream, one control frame at a time: candidates in windows of three lengths, and the most plausible path through
 * them.
 */
public final class PitchTracker {
    /** Lowest pitch told. */
    public static final double MIN_HZ = 55;

    /** Highest pitch told. */
    public static final double MAX_HZ = 3000;

    /** Frames that must lie before the anchor, and behind it if the windows are centred. */
    static final int REACH = PitchCandidates.LONGEST_WINDOW + 512;

    private final PitchCandidates candidates;
    private final PitchPath path;

    /**
     * @param sampleRateHz rate of the samples; the window lengths suit 48,000
     * @param controlRateHz how often {@link #track} is called for each second of sound
     * @param timing LIVE: windows end at the anchor, no foresight. RECORD: windows are centred on it
     * @param foresightFrames control frames by which the answer lags behind the question
     */
    PitchTracker(double sampleRateHz, double controlRateHz, Timing timing, int foresightFrames) {
        candidates = new PitchCandidates(sampleRateHz, MIN_HZ, MAX_HZ, timing == Timing.RECORD);
        path = new PitchPath(controlRateHz, foresightFrames);
    }

    void reset() {
        path.reset();
    }

    /** Looks at the next control frame, whose anchor is {@code data[anchor]}, and answers for the one {@code foresight} ago. */
    void track(float[] data, int anchor) {
        candidates.find(data, anchor, path.leadingHz(), path.leadingStrength());
        path.add(candidates);
    }

    /** Pitch that leads at the latest control frame, before any foresight; 0 if there is none. */
    double leadingHz() {
        return path.leadingHz();
    }

    /** Pitch in Hz, 0 if there is none. */
    double pitchHz() {
        return path.pathHz;
    }

    /** Periodicity of that pitch; where there is none, of the best candidate. 0 to 1. */
    double correlation() {
        return path.pathStrength;
    }

    /** Harmonic salience of that pitch, 0 if there is none. */
    double salience() {
        return path.pathSalience;
    }
}
