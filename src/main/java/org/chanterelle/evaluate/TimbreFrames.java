package org.chanterelle.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.chanterelle.analysis.LoudnessMeter;
import org.chanterelle.analysis.spectrum.Stft;

/**
 * The feature vectors whose Fréchet distance tells timbres apart: MFCCs 1 to 19 of {@link Mfcc}, of the windows that are heard:
 * within 35 dB of the loudest and above -60 dBFS, A-weighted. Not thread-safe.
 */
public final class TimbreFrames {
    /** Windows a second: window {@code i} is centred on {@code i / RATE_HZ} seconds. */
    public static final double RATE_HZ = (double) Mfcc.SAMPLE_RATE_HZ / Mfcc.STFT.hopFrames();

    private static final int FIRST = 1;
    private static final int LAST = 19;
    private static final double BELOW_LOUDEST_DB = 35;
    private static final double FLOOR_DB = -60;
    private static final double SILENCE = 1e-20;

    private final Mfcc mfcc = new Mfcc();
    private final Stft stft = new Stft(Mfcc.STFT);
    private final double[] weight = aWeight();

    /** Vectors of the heard windows of a 16 kHz sound that {@code keep} accepts by index; each has 19 values. */
    public List<double[]> of(float[] audioAt16k, IntPredicate keep) {
        double[][] coefficients = mfcc.of(audioAt16k);
        double[] levels = levelsDb(audioAt16k);
        double loudest = Arrays.stream(levels).max().orElse(FLOOR_DB);
        List<double[]> vectors = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] > FLOOR_DB && levels[i] >= loudest - BELOW_LOUDEST_DB && keep.test(i)) {
                vectors.add(Arrays.copyOfRange(coefficients[i], FIRST, LAST + 1));
            }
        }
        return vectors;
    }

    /** A-weighted RMS level of each window in dBFS. */
    double[] levelsDb(float[] audioAt16k) {
        double[] levels = new double[stft.config().windows(audioAt16k.length)];
        double scale = 1 / (stft.windowEnergy() * stft.config().fftSize());
        stft.forEachWindow(audioAt16k, (i, re, im) -> {
            double power = 0;
            for (int k = 0; k < re.length; k++) {
                power += weight[k] * ((double) re[k] * re[k] + (double) im[k] * im[k]);
            }
            levels[i] = 10 * Math.log10(Math.max(SILENCE, power * scale));
        });
        return levels;
    }

    private static double[] aWeight() {
        double[] weight = LoudnessMeter.aWeightingDb(Mfcc.SAMPLE_RATE_HZ, Mfcc.STFT.fftSize());
        for (int k = 0; k < weight.length; k++) {
            int sides = k == 0 || k == weight.length - 1 ? 1 : 2;
            weight[k] = sides * Math.pow(10, weight[k] / 10);
        }
        return weight;
    }
}
