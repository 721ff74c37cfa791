package org.chanterelle.inference;

import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.rt.NoteHeads;

/**
 * How loud a note of a keyboard is meant to be at each moment, on the scale of the training set: velocity chooses within its range, the
 * note swells to that, and falls when released.
 */
final class NoteLoudness {
    /** Below the training set's soft notes, so that the softest touch is softer than the average soft note. */
    private static final double BELOW_DB = 4;

    /** From where a note swells. */
    private static final double ATTACK_DB = 8;

    /** By how much it falls in a second once released; the fade of the voice does the rest. */
    private static final double RELEASE_DB_PER_SECOND = 250;

    private static final double MAX_VELOCITY = 127;

    private NoteLoudness() {}

    /** Loudness of one step of velocity. */
    static double dbPerVelocity(Normalisation normalisation) {
        return (normalisation.loudnessHighDb() - normalisation.loudnessLowDb() + BELOW_DB) / MAX_VELOCITY;
    }

    /**
     * Loudness in dB.
     *
     * @param velocity 1 to 127
     * @param velocityShare how far velocity matters, 0 to 1; without it all is as at {@link NoteHeads#MIDDLE_VELOCITY}
     * @param seconds since the note began
     * @param attackSeconds length of its swell
     * @param releasedSeconds since it was released, or 0
     */
    static float db(Normalisation normalisation, double velocity, double velocityShare, double seconds, double attackSeconds,
            double releasedSeconds) {
        double played = NoteHeads.MIDDLE_VELOCITY + velocityShare * (velocity - NoteHeads.MIDDLE_VELOCITY);
        double target = normalisation.loudnessLowDb() - BELOW_DB + dbPerVelocity(normalisation) * played;
        double toGo = attackSeconds > 0 ? Math.max(0, 1 - seconds / attackSeconds) : 0;
        return (float) (target - ATTACK_DB * toGo - RELEASE_DB_PER_SECOND * releasedSeconds);
    }
}
