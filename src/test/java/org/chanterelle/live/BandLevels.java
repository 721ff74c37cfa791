package org.chanterelle.live;

import java.util.Arrays;
import org.chanterelle.rt.dsp.Fft;

/** Mean power spectrum of a sound at 48 kHz: levels in bands, and the centroid. */
final class BandLevels {
    private static final int RATE_HZ = 48_000;
    private static final int SIZE = 1024;

    private BandLevels() {}

    /** Level in bands of a sixth of an octave from 200 Hz to 7 kHz. */
    static double[] bandsDb(float[] sound) {
        double[] power = power(sound);
        double[] bands = new double[31];
        for (int bin = 1; bin < power.length; bin++) {
            int band = (int) Math.floor(6 * Math.log((double) bin * RATE_HZ / SIZE / 200) / Math.log(2));
            if (band >= 0 && band < bands.length) {
                bands[band] += power[bin];
            }
        }
        return Arrays.stream(bands).filter(b -> b > 0).map(b -> 10 * Math.log10(b)).toArray();
    }

    static double centroidHz(float[] sound) {
        double[] power = power(sound);
        double sum = 0;
        double weighted = 0;
        for (int bin = 1; bin < power.length; bin++) {
            sum += power[bin];
            weighted += power[bin] * bin * RATE_HZ / SIZE;
        }
        return weighted / sum;
    }

    private static double[] power(float[] sound) {
        Fft fft = new Fft(SIZE);
        float[] re = new float[SIZE / 2 + 1];
        float[] im = new float[SIZE / 2 + 1];
        double[] power = new double[SIZE / 2 + 1];
        for (int at = 0; at + SIZE <= sound.length; at += SIZE / 2) {
            float[] frame = new float[SIZE];
            for (int n = 0; n < SIZE; n++) {
                frame[n] = sound[at + n] * (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / SIZE));
            }
            fft.forward(frame, re, im);
            for (int bin = 0; bin < power.length; bin++) {
                power[bin] += re[bin] * re[bin] + im[bin] * im[bin];
            }
        }
        return power;
    }

    static double distanceDb(double[] one, double[] other) {
        double sum = 0;
        for (int band = 0; band < one.length; band++) {
            sum += (one[band] - other[band]) * (one[band] - other[band]);
        }
        return Math.sqrt(sum / one.length);
    }
}
