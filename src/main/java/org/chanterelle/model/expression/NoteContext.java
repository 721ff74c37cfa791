package org.chanterelle.model.expression;

/**
 * What is known of a note when it begins.
 *
 * @param key MIDI note number, fractional where it is tuned otherwise
 * @param intervalSemitones from the note before, positive upwards; NaN when none came before
 * @param gapSeconds silence since the note before; 0 or less when that still sounds (legato); infinite when none came before
 * @param level loudness asked for, as a quantile of the training set's at this pitch, 0 to 1
 */
public record NoteContext(double key, double intervalSemitones, double gapSeconds, double level) {}
