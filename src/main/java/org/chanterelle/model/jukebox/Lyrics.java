package org.chanterelle.model.jukebox;

import java.util.Arrays;

/** Lyrics as numbers: letters, digits and punctuation; 0 stands for nothing, all else becomes a space. */
public final class Lyrics {
    private static final String CHARACTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?-'\"()[]\n";

    /** Numbers that a character may have, nothing included. */
    public static final int ALPHABET = CHARACTERS.length() + 1;

    private Lyrics() {}

    /** The number of each character. */
    public static int[] numbers(String text) {
        return text.chars().map(c -> 1 + Math.max(0, CHARACTERS.indexOf(c))).toArray();
    }

    /**
     * The lyrics around a window's middle, if they flow evenly through the piece; filled with 0 at the end.
     *
     * @param all of the piece, from {@link #numbers}
     * @param length characters that the model reads
     * @param from where the window begins, as a share of the piece
     * @param to where it ends, likewise
     */
    public static int[] window(int[] all, int length, double from, double to) {
        long middle = Math.round((from + to) / 2 * all.length);
        int first = (int) Math.clamp(middle - length / 2, 0L, Math.max(0L, all.length - length));
        return Arrays.copyOf(Arrays.copyOfRange(all, first, Math.min(all.length, first + length)), length);
    }
}
