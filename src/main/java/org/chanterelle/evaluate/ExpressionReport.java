package org.chanterelle.evaluate;

import java.util.List;
import java.util.Locale;

/**
 * How far ways of playing differ: Wasserstein distances in the unit that ends each name.
 *
 * @param rows one for each measure
 * @param joint energy distances of several measures together
 * @param onsets how the notes found compare with a score's alignment
 * @param notes what else the reader should know
 */
public record ExpressionReport(List<Row> rows, List<Joint> joint, List<Onsets> onsets, List<String> notes) {
    /**
     * One measure.
     *
     * @param name of a field of a note, with its unit
     * @param pair patterns of the two players of whom most notes tell; null when fewer than two do
     * @param counts their notes
     * @param players distance between the two
     * @param heldOut notes of held-out recordings that tell
     * @param drawn distance of notes drawn in the same contexts from those
     * @param pooled the same of notes drawn in contexts of other notes
     * @param given notes of the given files that tell
     * @param files distance of those from the recordings
     * @param median of the recordings
     * @param filesMedian of the given files
     */
    public record Row(
            String name,
            List<String> pair,
            List<Integer> counts,
            double players,
            int heldOut,
            double drawn,
            double pooled,
            int given,
            double files,
            double median,
            double filesMedian) {}

    /**
     * Several measures together, of held-out notes that tell all of them.
     *
     * @param name which
     * @param notes how many
     * @param drawn distance of drawn notes
     * @param independent the same, each measure drawn on its own
     */
    public record Joint(String name, int notes, double drawn, double independent) {}

    /**
     * Onsets found beside those of an aligned score, a constant shift removed.
     *
     * @param file recording
     * @param aligned onsets of the score
     * @param found onsets found
     * @param recall share of the score's onsets with one found within 50 ms
     * @param precision share of the found ones with one of the score within 50 ms
     * @param recall100 the first share within 100 ms
     */
    public record Onsets(String file, int aligned, int found, double recall, double precision, double recall100) {}

    /** The figures as a table. */
    public String table() {
        StringBuilder table = new StringBuilder(line("%-22s %9s %10s %6s %8s %8s %6s %8s %8s %8s  %s%n", "Wasserstein distance",
                "players", "notes", "held", "drawn", "pooled", "given", "files", "median", "of files", "players compared"));
        for (Row row : rows) {
            table.append(line("%-22s %9s %10s %6d %8s %8s %6d %8s %8s %8s  %s%n", row.name, number(row.players),
                    row.counts.isEmpty() ? "-" : row.counts.get(0) + "/" + row.counts.get(1), row.heldOut, number(row.drawn),
                    number(row.pooled), row.given, number(row.files), number(row.median), number(row.filesMedian),
                    String.join(" ", row.pair)));
        }
        table.append(line("%n%-22s %6s %8s %12s%n", "energy distance", "held", "drawn", "independent"));
        for (Joint row : joint) {
            table.append(
                    line("%-22s %6d %8s %12s%n", row.name, row.notes, number(row.drawn), number(row.independent)));
        }
        if (!onsets.isEmpty()) {
            table.append(line("%n%-46s %7s %5s %7s %9s %9s%n", "onsets", "aligned", "found", "recall", "precision", "in 0.1 s"));
        }
        for (Onsets row : onsets) {
            table.append(line("%-46s %7d %5d %7.3f %9.3f %9.3f%n", row.file, row.aligned, row.found, row.recall, row.precision,
                    row.recall100));
        }
        notes.forEach(note -> table.append(note).append('\n'));
        return table.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.4f" : "%.2f", value);
    }
}
