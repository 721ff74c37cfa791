package org.chanterelle.generate.jukebox;

import java.util.List;
import java.util.Locale;
import org.chanterelle.signal.UserError;

/**
 * What a generation will take, of what is not done yet.
 *
 * @param levels those that are drawn, the first to be drawn first
 * @param memoryBytes at most at a time
 * @param diskBytes of all files
 */
public record Estimate(List<Level> levels, long memoryBytes, long diskBytes) {
    private static final double MIB = 1 << 20;

    /**
     * One level.
     *
     * @param name of the level
     * @param codes left to draw, of each sample
     * @param codesPerSecond that are drawn of each sample, as measured
     * @param seconds that it takes, codes that windows are given included
     */
    public record Level(String name, long codes, double codesPerSecond, double seconds) {}

    /** Time of all levels. */
    public double seconds() {
        return levels.stream().mapToDouble(Level::seconds).sum();
    }

    /**
     * Throws UserError when it cannot fit.
     *
     * @param memory bytes that there are
     * @param disk bytes that are free where the output goes
     */
    public void check(long memory, long disk) {
        if (memoryBytes > memory) {
            throw new UserError(String.format(Locale.ROOT,
                    "needs about %,.0f MiB of memory; there are %,.0f. Ask for fewer samples or seconds, or raise the heap:"
                            + " CHANTERELLE_JAVA_OPTS=-Xmx%dg",
                    memoryBytes / MIB, memory / MIB, 1 + (memoryBytes >> 30) * 5 / 4));
        }
        if (diskBytes > disk) {
            throw new UserError(String.format(Locale.ROOT,
                    "needs about %,.1f MiB on the disk; %,.1f are free. Free some space or write elsewhere", diskBytes / MIB,
                    disk / MIB));
        }
    }

    /** In a line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                levels.isEmpty() ? "all codes are there" : "about " + duration(seconds()));
        for (Level level : levels) {
            text.append(String.format(Locale.ROOT, ", %s: %,d codes at %.0f/s", level.name(), level.codes(),
                    level.codesPerSecond()));
        }
        return text.append(String.format(Locale.ROOT, "; %,.0f MiB of memory, %,.1f MiB on the disk", memoryBytes / MIB,
                diskBytes / MIB)).toString();
    }

    private static String duration(double seconds) {
        long all = Math.max(1, Math.round(seconds));
        return all >= 3600
                ? String.format(Locale.ROOT, "%d h %d min", all / 3600, all / 60 % 60)
                : all >= 60 ? all / 60 + " min " + all % 60 + " s" : all + " s";
    }
}
