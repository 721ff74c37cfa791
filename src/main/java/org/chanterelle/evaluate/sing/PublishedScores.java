package org.chanterelle.evaluate.sing;

import java.util.List;
import java.util.Locale;

/**
 * A row of the paper's table: spectral losses on NSynth, whose notes differ from ours in instruments and level.
 *
 * @param name the model
 * @param loss what it was trained by
 * @param train loss of training notes
 * @param test loss of held-out (instrument, pitch) pairs
 */
public record PublishedScores(String name, String loss, double train, double test) {
    /** Défossez et al. 2018, table 1. */
    public static final List<PublishedScores> TABLE = List.of(
            new PublishedScores("autoencoder", "waveform", 0.026, 0.028),
            new PublishedScores("SING", "waveform", 0.075, 0.084),
            new PublishedScores("autoencoder", "spectral", 0.028, 0.032),
            new PublishedScores("SING", "spectral", 0.039, 0.051),
            new PublishedScores("SING, no time embedding", "spectral", 0.050, 0.063));

    static String table() {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, "published, on NSynth%n%-42s %-9s %7s %7s %10s%n", "model", "loss", "train", "test",
                        "test/train"));
        for (PublishedScores row : TABLE) {
            table.append(String.format(Locale.ROOT, "%-42s %-9s %7.3f %7.3f %10.2f%n", row.name, row.loss, row.train, row.test,
                    row.test / row.train));
        }
        return table.toString();
    }
}
