package org.chanterelle.evaluate.vocoder;

import java.util.Locale;
import java.util.Map;

/**
 * One vocoder over all clips.
 *
 * @param vocoder name
 * @param correlation mean of Pearson's correlation over clips and constant-Q bins, see {@code evaluate.ConstantQ}; null without sound
 * @param byInstrument the same for each instrument
 * @param samplesPerSecond audio frames made in a second of one thread's computing; null where that has no meaning
 * @param bitsPerSample cost of the clips' mu-law codes, WaveNet only, else null
 */
public record VocoderRow(String vocoder, Double correlation, Map<String, Double> byInstrument, Double samplesPerSecond,
        Double bitsPerSample) {
    static String header() {
        return String.format(Locale.ROOT, "%-28s %12s %14s %14s%n", "", "correlation", "samples/s", "bits/sample");
    }

    String line() {
        return String.format(Locale.ROOT, "%-28s %12s %14s %14s%n", vocoder, text("%.4f", correlation),
                text("%,.0f", samplesPerSecond), text("%.3f", bitsPerSample));
    }

    private static String text(String format, Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
