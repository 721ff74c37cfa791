package org.chanterelle.evaluate.jukebox;

import java.util.Arrays;

/**
 * What a condition is worth: bits a code more when windows get another window's, with its 95 % interval over windows.
 *
 * @param condition its name
 * @param windows that have the condition and another window's to get
 * @param bits mean difference
 * @param low lower end of the interval
 * @param high upper end
 */
public record Shuffle(String condition, int windows, double bits, double low, double high) {
    static Shuffle of(String condition, double[] differences) {
        int count = differences.length;
        double mean = Arrays.stream(differences).average().orElse(Double.NaN);
        double variance = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum() / Math.max(1, count - 1);
        // Student's t at 97.5 %, close from ten windows on.
        double t = 1.96 + 2.4 / Math.max(1, count - 1);
        double half = count < 2 ? Double.NaN : t * Math.sqrt(variance / count);
        return new Shuffle(condition, count, mean, mean - half, mean + half);
    }
}
