package org.chanterelle.evaluate;

import org.chanterelle.analysis.spectrum.LogMel;
import org.chanterelle.analysis.spectrum.MelConfig;
import org.chanterelle.analysis.spectrum.StftConfig;

/**
 * Mel-frequency cepstral coefficients: the orthonormal DCT-II of the logarithm of 40 Slaney mel powers from 80 to 7,600 Hz, floored
 * at 1e-9; 16 kHz sound, Hann window of 1,024, hop 160, centred. Not thread-safe.
 */
public final class Mfcc {
    /** Rate that the sound must have. */
    public static final int SAMPLE_RATE_HZ = 16_000;

    /** Where the windows lie: window {@code i} is centred on frame 160 i. */
    public static final StftConfig STFT = StftConfig.centred(1024, 160);

    /** Coefficients a window. */
    public static final int COEFFICIENTS = 40;

    private static final double FLOOR = 1e-9;

    private final LogMel logMel = new LogMel(
            STFT, MelConfig.slaney(COEFFICIENTS, SAMPLE_RATE_HZ, STFT.fftSize(), 80, 7600), LogMel.Quantity.POWER, FLOOR);
    private final double[][] dct = orthonormalDct(COEFFICIENTS);

    /** Coefficients 0 to 39 of each window, shape (windows, 40). */
    public double[][] of(float[] audioAt16k) {
        double[][] mel = logMel.of(audioAt16k);
        double[][] out = new double[mel.length][COEFFICIENTS];
        for (int i = 0; i < mel.length; i++) {
            for (int k = 0; k < COEFFICIENTS; k++) {
                for (int n = 0; n < COEFFICIENTS; n++) {
                    out[i][k] += dct[k][n] * mel[i][n];
                }
            }
        }
        return out;
    }

    private static double[][] orthonormalDct(int size) {
        double[][] dct = new double[size][size];
        for (int k = 0; k < size; k++) {
            double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / size);
            for (int n = 0; n < size; n++) {
                dct[k][n] = scale * Math.cos(Math.PI * k * (2 * n + 1) / (2.0 * size));
            }
        }
        return dct;
    }
}
