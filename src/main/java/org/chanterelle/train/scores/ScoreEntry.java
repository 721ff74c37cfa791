package org.chanterelle.train.scores;

import org.chanterelle.train.notes.NoteSet;

/**
 * A stretch of a piece on one instrument.
 *
 * @param name unique; names its files
 * @param piece the MIDI file's name without its ending
 * @param instrument name
 * @param program General MIDI program from 0
 * @param set what it is for
 * @param startSeconds where in the piece it begins
 * @param seconds how long it is
 * @param part what of it is played; all where an index says nothing
 */
public record ScoreEntry(
        String name, String piece, String instrument, int program, NoteSet set, double startSeconds, double seconds,
        PiecePart part) {
    /** An index without parts holds whole pieces. */
    public ScoreEntry {
        part = part == null ? PiecePart.ALL : part;
    }
}
