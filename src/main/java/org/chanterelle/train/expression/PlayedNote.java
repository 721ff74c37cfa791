package org.chanterelle.train.expression;

import org.chanterelle.model.expression.NoteContext;
import org.chanterelle.model.expression.NoteExpression;

/**
 * A note as it was found in a recording.
 *
 * @param onsetSeconds when it begins
 * @param endSeconds when it ends
 * @param loudnessDb mean of its body, on the scale of the extractor
 * @param phraseDb the same of the notes around it, by nearness in time
 * @param tiltDbPerOctave slope of its harmonics; NaN where they do not tell
 * @param context what came before it; the level is NaN until the whole set's loudness is known
 * @param contourDb level against the body's mean at a tenth, three, five, seven and nine tenths of its length
 * @param expression what was measured; NaN where the note does not tell
 */
public record PlayedNote(
        double onsetSeconds,
        double endSeconds,
        double loudnessDb,
        double phraseDb,
        double tiltDbPerOctave,
        NoteContext context,
        float[] contourDb,
        NoteExpression expression) {
    /** The same with other context and expression. */
    public PlayedNote with(NoteContext newContext, NoteExpression newExpression) {
        return new PlayedNote(onsetSeconds, endSeconds, loudnessDb, phraseDb, tiltDbPerOctave, newContext, contourDb,
                newExpression);
    }

    /** Its length. */
    public double seconds() {
        return endSeconds - onsetSeconds;
    }
}
