package org.chanterelle.train.music;

import java.util.List;
import org.chanterelle.train.notes.NoteSet;

/**
 * One recording of a music folder.
 *
 * @param file path below the folder
 * @param set what it is for
 * @param title name of the piece
 * @param artist who plays, sings or has composed it
 * @param genres at least one; of renderings the instrument
 * @param lyrics all that is sung in it, empty where nothing is
 * @param startSeconds where in the piece it begins
 * @param seconds its length
 * @param totalSeconds length of the whole piece
 * @param midi path of its score below the folder, empty where there is none
 */
public record MusicEntry(String file, NoteSet set, String title, String artist, List<String> genres, String lyrics,
        double startSeconds, double seconds, double totalSeconds, String midi) {}
