package org.chanterelle.inference;

import org.chanterelle.model.expression.LoudnessQuantiles;
import org.chanterelle.rt.NoteHeads;

/**
 * How loud a note of a keyboard is meant to be at each moment, on the scale of the training set: velocity chooses around what is usual at
 * its pitch, the note swells to that, and falls when released. The network is told only loudness that it was trained at; what a touch
 * is softer or harder beyond is plain gain.
 */
final class NoteLoudness {
    /** Loudness of one step of velocity: 24 dB from 20 to 120 where a preset gives velocity 0.8. */
    static final double DB_PER_VELOCITY = 0.32;

    /** From where a note swells. */
    static final double ATTACK_DB = 8;

    /** By how much it falls in a second once released; the fade of the voice does the rest. */
    static final double RELEASE_DB_PER_SECOND = 250;

    /** The velocity that files give notes of which they know none. */
    private static final double USUAL_VELOCITY = 64;

    /** Keys sound so much softer than recordings: room for chords. */
    private static final double HEADROOM_DB = 9.5;

    private static final double USUAL_LEVEL = 0.5;
    private static final double SOFTEST_LEVEL = 0.3;
    private static final double LOUDEST_LEVEL = 0.6;

    private final LoudnessQuantiles loudness;

    /** @param loudness of the training set at each pitch */
    NoteLoudness(LoudnessQuantiles loudness) {
        this.loudness = loudness;
    }

    /** Loudness in dB of half the training set at a pitch. */
    double usualDb(double key) {
        return loudness.loudnessDb(key, USUAL_LEVEL);
    }

    /**
     * Loudness that a note rises to, in dB.
     *
     * @param velocity 1 to 127
     * @param velocityShare how far velocity matters, 0 to 1; without it all is as at {@link NoteHeads#MIDDLE_VELOCITY}
     */
    double targetDb(double key, double velocity, double velocityShare) {
        double played = NoteHeads.MIDDLE_VELOCITY + velocityShare * (velocity - NoteHeads.MIDDLE_VELOCITY);
        return usualDb(key) + DB_PER_VELOCITY * (played - USUAL_VELOCITY);
    }

    /** The loudness nearest to the one asked for that the training set has at a pitch. */
    double toldDb(double key, double askedDb) {
        return Math.clamp(askedDb, loudness.loudnessDb(key, SOFTEST_LEVEL), loudness.loudnessDb(key, LOUDEST_LEVEL));
    }

    /** The plain gain in dB of what is told as {@code toldDb} and is to be as loud as {@code askedDb}. */
    static double gainDb(double askedDb, double toldDb) {
        return askedDb - toldDb - HEADROOM_DB;
    }

    /** The quantile of a loudness at a pitch, 0 to 1. */
    double level(double key, double loudnessDb) {
        return loudness.level(key, loudnessDb);
    }
}
