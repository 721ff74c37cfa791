package org.chanterelle.model.jukebox;

/**
 * What one item of a batch is to sound like, and where in its piece a window lies.
 *
 * @param artist place in {@link PriorConfig#artists()}; 0 for unknown
 * @param genres places in {@link PriorConfig#genres()}, at least one; 0 for unknown
 * @param totalFrames length of the whole piece, audio frames at the model's rate
 * @param startFrame where in it the window begins, likewise
 * @param lyrics as many characters as the model reads, see {@link Lyrics#window}; empty for a model without
 * @param upperCodes those of the level above that lie over the window, a whole context's, 0 beyond the end of the piece; empty for a
 *        prior
 */
public record CodeCondition(int artist, int[] genres, long totalFrames, long startFrame, int[] lyrics, int[] upperCodes) {
    private static final int[] NONE = {};

    /** For a prior without lyrics. */
    public static CodeCondition of(int artist, int[] genres, long totalFrames, long startFrame) {
        return new CodeCondition(artist, genres, totalFrames, startFrame, NONE, NONE);
    }

    /** The same with other lyrics. */
    public CodeCondition withLyrics(int[] other) {
        return new CodeCondition(artist, genres, totalFrames, startFrame, other, upperCodes);
    }

    /** The same under other codes of the level above. */
    public CodeCondition withUpperCodes(int[] other) {
        return new CodeCondition(artist, genres, totalFrames, startFrame, lyrics, other);
    }
}
