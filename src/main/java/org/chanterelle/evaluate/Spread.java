package org.chanterelle.evaluate;

import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.Levels;

/**
 * How far several sounds differ, where they should not.
 *
 * @param levelDb highest minus lowest level
 * @param envelopeDb highest minus lowest level of the third-octave band in which the sounds differ most, each sound's own level
 *     removed; of bands within 30 dB of the strongest
 * @param meanEnvelopeDb the same as a mean over those bands
 */
public record Spread(double levelDb, double envelopeDb, double meanEnvelopeDb) {
    private static final double HEARD_DB = 30;

    /** Compares sounds of one rate, each at least 4,096 frames long. */
    public static Spread of(List<float[]> sounds, double sampleRateHz) {
        double[] levels = sounds.stream().mapToDouble(Levels::rmsDbfs).toArray();
        double[][] envelopes = new double[sounds.size()][];
        for (int s = 0; s < envelopes.length; s++) {
            envelopes[s] = ThirdOctaves.levelsDb(sounds.get(s), sampleRateHz);
            for (int band = 0; band < envelopes[s].length; band++) {
                envelopes[s][band] -= levels[s];
            }
        }
        double strongest = Arrays.stream(envelopes).flatMapToDouble(Arrays::stream).max().orElseThrow();
        double widest = 0;
        double sum = 0;
        int heard = 0;
        for (int band = 0; band < envelopes[0].length; band++) {
            double[] column = column(envelopes, band);
            if (Arrays.stream(column).max().orElseThrow() > strongest - HEARD_DB) {
                double range = range(column);
                widest = Math.max(widest, range);
                sum += range;
                heard++;
            }
        }
        return new Spread(range(levels), widest, sum / heard);
    }

    /** The larger of each figure. */
    Spread worse(Spread other) {
        return new Spread(
                Math.max(levelDb, other.levelDb),
                Math.max(envelopeDb, other.envelopeDb),
                Math.max(meanEnvelopeDb, other.meanEnvelopeDb));
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    private static double range(double[] values) {
        return Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
    }
}
