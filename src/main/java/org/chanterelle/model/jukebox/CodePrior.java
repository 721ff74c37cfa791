package org.chanterelle.model.jukebox;

import java.util.List;

/**
 * Draws up how likely each code is to come next, one code after another, for several items at once: a prior of the top level, or an
 * upsampler, which also knows the codes of the level above. {@code inference.jukebox.CachedPrior} is the one that plays.
 */
public interface CodePrior {
    /** Codes of the codebook: the length of a row of logits. */
    int codes();

    /** Codes that a session holds at most. */
    int contextCodes();

    /** Memory that a session of so many items takes, bytes. */
    long sessionBytes(int batch);

    /**
     * Begins a window.
     *
     * @param conditions one for each item
     * @throws IllegalArgumentException when a label, a character or a code of the level above is not one of the model's, or there are not
     *         {@code contextCodes / ratio} codes of the level above
     */
    Session open(List<CodeCondition> conditions);

    /** A window that grows by one code at a time. One thread. */
    interface Session extends AutoCloseable {
        /**
         * Reads codes that are given: {@link #next} goes on after them. Faster than one by one.
         *
         * @param codes as many for each item
         */
        void prime(int[][] codes);

        /**
         * Logits of the next code.
         *
         * @param chosen the code just chosen for each item; all -1 where none was since the beginning or {@link #prime}
         * @param logits of shape (items, codes), natural logarithms up to a constant, overwritten
         * @throws IllegalStateException when the window is full
         */
        void next(int[] chosen, float[][] logits);

        /** Codes read so far. */
        int position();

        /** Gives memory back. */
        @Override
        void close();
    }
}
