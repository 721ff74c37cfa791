package org.chanterelle.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.UserError;

/** Onsets of a score aligned to a recording: a CSV file whose first column is seconds, under a head line. */
final class AlignedScore {
    private static final long MAX_BYTES = 10 << 20;
    private static final double NEAR_SECONDS = 0.05;

    private AlignedScore() {}

    static double[] onsets(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UserError(file + ": larger than an alignment may be (10 MiB)");
            }
            List<String> lines = Files.readAllLines(file);
            return lines.stream().skip(1).filter(line -> !line.isBlank())
                    .mapToDouble(line -> Double.parseDouble(line.split(",", 2)[0])).distinct().sorted().toArray();
        } catch (NumberFormatException e) {
            throw new UserError(file + ": expected seconds in the first column under a head line. Correct the file", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    static ExpressionReport.Onsets compare(String name, double[] aligned, double[] found) {
        double[] shifts = Arrays.stream(aligned).map(onset -> nearest(found, onset) - onset).sorted().toArray();
        double shift = shifts.length == 0 ? 0 : shifts[shifts.length / 2];
        double[] moved = Arrays.stream(aligned).map(onset -> onset + shift).toArray();
        return new ExpressionReport.Onsets(name, aligned.length, found.length, share(moved, found, NEAR_SECONDS),
                share(found, moved, NEAR_SECONDS), share(moved, found, 2 * NEAR_SECONDS));
    }

    private static double share(double[] of, double[] in, double within) {
        return Arrays.stream(of).filter(onset -> Math.abs(nearest(in, onset) - onset) <= within).count() / (double) of.length;
    }

    private static double nearest(double[] onsets, double to) {
        double best = Double.POSITIVE_INFINITY;
        for (double onset : onsets) {
            best = Math.abs(onset - to) < Math.abs(best - to) ? onset : best;
        }
        return best;
    }
}
