package org.chanterelle.train.jukebox;

/**
 * A recording as codes, with what is known of it.
 *
 * @param file path below the music folder
 * @param codes of the level that is modelled
 * @param upperCodes of the level above; empty for a prior
 * @param artist place in the model's list
 * @param genres places in the model's list
 * @param lyrics all characters of its lyrics as numbers; empty where nothing is sung
 * @param totalFrames length of the whole piece at the model's rate
 * @param startFrame where in it the recording begins
 * @param frames length of the recording
 */
public record CodedPiece(String file, int[] codes, int[] upperCodes, int artist, int[] genres, int[] lyrics, long totalFrames,
        long startFrame, long frames) {}
