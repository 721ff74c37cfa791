package org.chanterelle.model.expression;

/**
 * A note of a recording.
 *
 * @param context in which it was played
 * @param seconds its length
 * @param vibratoWeight how many notes' vibrato it stands for, 0 when it is too short to tell: notes that end before a vibrato could
 *     show hand their weight on to longer ones (Kaplan and Meier's estimate, by Efron's redistribution)
 * @param expression what was measured; NaN where the note does not tell
 */
public record MeasuredNote(NoteContext context, double seconds, double vibratoWeight, NoteExpression expression) {}
