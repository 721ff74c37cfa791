package org.chanterelle.signal;

/**
 * A note of a score as it sounds: a pedal is already in its end.
 *
 * @param startSeconds since the beginning, at least 0
 * @param endSeconds after its start
 * @param pitch MIDI number, 0 to 127
 * @param velocity 1 to 127
 * @param program General MIDI program from 0 to 127
 */
public record ScoreNote(double startSeconds, double endSeconds, int pitch, int velocity, int program) {
    /** Rejects what is no note. */
    public ScoreNote {
        if (!(startSeconds >= 0 && endSeconds > startSeconds) || (pitch | velocity | program) < 0
                || (pitch | velocity | program) > 0x7f || velocity == 0) {
            throw new IllegalArgumentException("no note: " + startSeconds + " s to " + endSeconds + " s, pitch " + pitch
                    + ", velocity " + velocity + ", program " + program);
        }
    }

    /** The same note, ending elsewhere. */
    public ScoreNote endingAt(double seconds) {
        return new ScoreNote(startSeconds, seconds, pitch, velocity, program);
    }
}
