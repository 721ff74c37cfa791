package org.chanterelle.evaluate.mel2mel;

import java.util.Locale;
import java.util.Map;

/**
 * One way to the sound of held-out scores.
 *
 * @param name of it
 * @param correlation mean of Pearson's correlation over clips and constant-Q bins, see {@code evaluate.ConstantQ}
 * @param byInstrument the same for each instrument
 * @param logError root mean square difference of predicted log-mel values from the true ones; null without a model
 * @param recognised share of clips whose instrument a classifier names from the sound
 * @param framesPerSecond control frames that the model predicts in a second; null without a model
 */
public record Mel2MelRow(String name, double correlation, Map<String, Double> byInstrument, Double logError, double recognised,
        Double framesPerSecond) {
    static String header() {
        return String.format(Locale.ROOT, "%-36s %12s %10s %11s %10s%n", "", "correlation", "log error", "recognised",
                "frames/s");
    }

    String line() {
        return String.format(Locale.ROOT, "%-36s %12.4f %10s %10.0f%% %10s%n", name, correlation, text("%.3f", logError),
                100 * recognised, text("%,.0f", framesPerSecond));
    }

    private static String text(String format, Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
