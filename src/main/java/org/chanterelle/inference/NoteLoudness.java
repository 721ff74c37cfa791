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
    static final double ATTACK_DB = 8;

    /** By how much it falls in a second once released; the fade of the voice does the rest. */
    static final double RELEASE_DB_PER_SECOND = 250;

    private static final double MAX_VELOCITY = 127;

    private NoteLoudness() {}

    /** Loudness of one step of velocity. */
    static double dbPerVelocity(Normalisation normalisation) {
        return (normalisation.loudnessHighDb() - normalisation.loudnessLowDb() + BELOW_DB) / MAX_VELOCITY;
    }

    /**
     * Loudness that a note rises to, in dB.
     *
     * @param velocity 1 to 127
     * @param velocityShare how far velocity matters, 0 to 1; without it all is as at {@link NoteHeads#MIDDLE_VELOCITY}
     */
    static double targetDb(Normalisation normalisation, double velocity, double velocityShare) {
        double played = NoteHeads.MIDDLE_VELOCITY + velocityShare * (velocity - NoteHeads.MIDDLE_VELOCITY);
        return normalisation.loudnessLowDb() - BELOW_DB + dbPerVelocity(normalisation) * played;
    }

    /** Loudness in dB of a note that has no shape of its own, so long after its beginning. */
    static float plainDb(Normalisation normalisation, double velocity, double seconds, double attackSeconds) {
        return (float) (targetDb(normalisation, velocity, 1) - NoteShape.attack(ATTACK_DB, attackSeconds, seconds));
    }
}
