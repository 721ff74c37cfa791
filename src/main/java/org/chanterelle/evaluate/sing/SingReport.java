package org.chanterelle.evaluate.sing;

import java.util.List;
import java.util.Locale;

/**
 * Models beside each other on the same notes, and what needs no model.
 *
 * @param rows a row for each model, and for each autoencoder where its training left it
 * @param baseline on the test notes; on those for validation where there are none for the test; null where there are neither
 * @param remarks what the reader has to know
 */
public record SingReport(List<SingRow> rows, NoteScores.Baseline baseline, List<String> remarks) {
    /** The figures as a table, the published ones below. */
    public String table() {
        StringBuilder table = new StringBuilder(SingRow.header());
        rows.forEach(row -> table.append(row.line()));
        if (baseline != null) {
            String nearest = baseline.nearestPitch() == null ? "-" : String.format(Locale.ROOT, "%.4f", baseline.nearestPitch());
            table.append(String.format(Locale.ROOT,
                    "%nwithout a model, on %d held-out notes: nearest training pitch %s, instrument's mean log spectrum %.4f,"
                            + " silence %.4f%n",
                    baseline.notes(), nearest, baseline.meanSpectrum(), baseline.silence()));
            rows.forEach(row -> {
                NoteScores held = row.test() != null ? row.test() : row.valid();
                if (held != null) {
                    table.append(String.format(Locale.ROOT, "%s (%s): %.2f of the better of the first two, %.2f of silence%n",
                            row.model(), row.stage(), held.spectralLoss() / baseline.better(),
                            held.spectralLoss() / baseline.silence()));
                }
            });
        }
        remarks.forEach(remark -> table.append(remark).append(System.lineSeparator()));
        return table.append(System.lineSeparator()).append(PublishedScores.table()).toString();
    }
}
