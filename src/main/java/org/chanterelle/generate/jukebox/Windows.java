package org.chanterelle.generate.jukebox;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a level's windows lie. Each begins a hop after the one before and is given the codes that both have in common; the last one is
 * moved back to end at the total length, so that it is given as much as there is.
 *
 * @param total codes in all
 * @param length codes of a window, at most the prior's context
 * @param hop codes from one window to the next, 1 to {@code length}
 */
public record Windows(int total, int length, int hop) {
    /** Published for the bottom, middle and top level: hops as parts of the context. */
    private static final double[] HOP_FRACTIONS = {0.5, 0.5, 0.125};

    /** Checks that windows cover everything. */
    public Windows {
        if (total < 1 || length < 1 || hop < 1 || hop > length) {
            throw new IllegalArgumentException("windows of " + length + ", hop " + hop + " over " + total);
        }
    }

    /**
     * Windows with the published hops, whole multiples of {@code unit}, which is what a code of the level above spans.
     *
     * @param level 0 for the bottom one; above 2 the top's hop
     * @param total a multiple of {@code unit}
     * @param contextCodes of the prior, at least {@code unit}
     */
    public static Windows published(int level, int total, int contextCodes, int unit) {
        int length = Math.min(total, contextCodes / unit * unit);
        double fraction = HOP_FRACTIONS[Math.min(level, HOP_FRACTIONS.length - 1)];
        return new Windows(total, length, Math.clamp((int) (fraction * contextCodes) / unit * unit, unit, length));
    }

    /** First code of each window. */
    public List<Integer> starts() {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < total - length + hop; start += hop) {
            starts.add(Math.min(start, total - length));
        }
        return starts;
    }

    /** Windows that have something to add when the first {@code given} codes are there. */
    public long left(int given) {
        return starts().stream().filter(start -> start + length > given).count();
    }

    /** Codes that priors are given in all, window by window, when the first {@code given} are there. */
    public long primed(int given) {
        long primed = 0;
        int done = given;
        for (int start : starts()) {
            if (start + length > done) {
                primed += done - start;
                done = start + length;
            }
        }
        return primed;
    }
}
