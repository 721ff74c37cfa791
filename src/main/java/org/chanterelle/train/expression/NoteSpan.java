package org.chanterelle.train.expression;

/**
 * Where a note lies in a curve, in control frames.
 *
 * @param from first frame, at the change of pitch or the valley of the level before it
 * @param to behind the last frame
 * @param legato whether the level runs on from the note before
 */
record NoteSpan(int from, int to, boolean legato) {}
