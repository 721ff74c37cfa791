package org.chanterelle.model.jukebox;

import java.util.Arrays;

/** Conditions as a model takes them. */
public final class CodeConditions {
    /** Total length, start and share done. */
    static final int TIMINGS = 3;

    private CodeConditions() {}

    /** Rows of the three timing tables for a place of a window: total length, time since the beginning, share done. */
    static int[] timing(PriorConfig config, CodeCondition condition, int place) {
        double total = (double) condition.totalFrames() / config.sampleRateHz();
        double at = (condition.startFrame() + (double) place * config.hop()) / config.sampleRateHz();
        return new int[] {bin(config, (total - config.minSeconds()) / (config.maxSeconds() - config.minSeconds())),
                bin(config, at / config.maxSeconds()), bin(config, at / Math.max(total, 1e-9))};
    }

    private static int bin(PriorConfig config, double share) {
        return Math.clamp((long) Math.floor(share * config.timingBins()), 0, config.timingBins() - 1);
    }

    /**
     * Throws where a condition does not fit a model.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static void check(PriorConfig config, CodeCondition condition) {
        require(in(condition.artist(), config.artists().size()), "artist " + condition.artist());
        require(condition.genres().length > 0, "no genre");
        for (int genre : condition.genres()) {
            require(in(genre, config.genres().size()), "genre " + genre);
        }
        require(condition.totalFrames() > 0 && condition.startFrame() >= 0,
                "a window from " + condition.startFrame() + " of " + condition.totalFrames());
        int characters = config.lyrics() == null ? 0 : config.lyrics().characters();
        require(condition.lyrics().length == characters, condition.lyrics().length + " characters of " + characters);
        require(Arrays.stream(condition.lyrics()).allMatch(c -> in(c, Lyrics.ALPHABET)), "a character beyond the alphabet");
        require(condition.upperCodes().length == config.upperContext(),
                condition.upperCodes().length + " codes of the level above of " + config.upperContext());
        require(config.upper() == null
                || Arrays.stream(condition.upperCodes()).allMatch(c -> in(c, config.upper().codes())),
                "a code of the level above that it has not");
    }

    private static boolean in(int found, int end) {
        return found >= 0 && found < end;
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalArgumentException("the conditions do not fit the model: " + found);
        }
    }
}
