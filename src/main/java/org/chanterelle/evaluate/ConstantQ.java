package org.chanterelle.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.rt.dsp.Fft;

/**
 * Constant-Q transform (Brown and Puckette 1992) by which renderings are compared: 84 bins, 12 an octave, from C1 (32.70 Hz) to B7 (3951
 * Hz), Hann windows of Q = 16.8 periods, hop 512 at 16 kHz (32 ms), linear magnitude. Not thread-safe.
 */
public final class ConstantQ {
    /** Rate of the sound. */
    public static final int SAMPLE_RATE_HZ = 16_000;

    /** Semitones from C1 on. */
    public static final int BINS = 84;

    /** Distance of windows in audio frames. */
    public static final int HOP_FRAMES = 512;

    private static final double LOWEST_HZ = 440 * Math.pow(2, (24 - 69) / 12.0);
    private static final double Q = 1 / (Math.pow(2, 1 / 12.0) - 1);
    private static final int SIZE = 16_384;
    private static final double NEGLIGIBLE = 1e-4;

    private final Fft fft = new Fft(SIZE);
    private final Kernel[] kernels = new Kernel[BINS];
    private final float[] time = new float[SIZE];
    private final float[] re = new float[SIZE / 2 + 1];
    private final float[] im = new float[SIZE / 2 + 1];

    /** Spectrum of a bin's window: real, as the window is centred; the values from bin {@code from} of the transform on. */
    private record Kernel(int from, double[] values) {}

    /** Prepares the kernels. */
    public ConstantQ() {
        float[] wave = new float[SIZE];
        for (int bin = 0; bin < BINS; bin++) {
            double hz = LOWEST_HZ * Math.pow(2, bin / 12.0);
            int half = (int) (Q * SAMPLE_RATE_HZ / hz / 2);
            Arrays.fill(wave, 0f);
            for (int n = -half; n <= half; n++) {
                double hann = (0.5 + 0.5 * Math.cos(Math.PI * n / (half + 1))) / (half + 1);
                wave[n & SIZE - 1] = (float) (hann * Math.cos(2 * Math.PI * hz * n / SAMPLE_RATE_HZ));
            }
            fft.forward(wave, re, im);
            kernels[bin] = kernel(re);
        }
    }

    private static Kernel kernel(float[] spectrum) {
        float peak = 0;
        for (float v : spectrum) {
            peak = Math.max(peak, Math.abs(v));
        }
        int from = 0;
        while (Math.abs(spectrum[from]) < NEGLIGIBLE * peak) {
            from++;
        }
        int to = spectrum.length;
        while (Math.abs(spectrum[to - 1]) < NEGLIGIBLE * peak) {
            to--;
        }
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = spectrum[from + i];
        }
        return new Kernel(from, values);
    }

    /** Magnitudes, shape (windows, 84); a sine of amplitude 1 on a bin gives about 1. Windows are centred, the first on the beginning. */
    public double[][] magnitudes(float[] audio) {
        double[][] out = new double[audio.length / HOP_FRAMES + 1][BINS];
        for (int i = 0; i < out.length; i++) {
            int centre = i * HOP_FRAMES;
            for (int n = 0; n < SIZE; n++) {
                // Turned by half the size, so that the window's middle is at 0.
                int at = centre + (n < SIZE / 2 ? n : n - SIZE);
                time[n] = at >= 0 && at < audio.length ? audio[at] : 0f;
            }
            fft.forward(time, re, im);
            for (int bin = 0; bin < BINS; bin++) {
                out[i][bin] = magnitude(kernels[bin]);
            }
        }
        return out;
    }

    private double magnitude(Kernel kernel) {
        double sumRe = 0;
        double sumIm = 0;
        for (int i = 0; i < kernel.values.length; i++) {
            sumRe += kernel.values[i] * re[kernel.from + i];
            sumIm += kernel.values[i] * im[kernel.from + i];
        }
        return 4 * Math.hypot(sumRe, sumIm) / SIZE;
    }

    /**
     * Pearson's correlation over time of each bin's magnitudes in two sounds. A bin that does not move in one of them is left out.
     *
     * @param a shape (windows, 84)
     * @param b the same; where one is longer its end is left out
     * @return one for each bin that moves in both
     */
    public static double[] correlations(double[][] a, double[][] b) {
        List<Double> found = new ArrayList<>();
        int windows = Math.min(a.length, b.length);
        for (int bin = 0; bin < BINS; bin++) {
            double r = correlation(a, b, bin, windows);
            if (Double.isFinite(r)) {
                found.add(r);
            }
        }
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double correlation(double[][] a, double[][] b, int bin, int windows) {
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < windows; i++) {
            meanA += a[i][bin] / windows;
            meanB += b[i][bin] / windows;
        }
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int i = 0; i < windows; i++) {
            double x = a[i][bin] - meanA;
            double y = b[i][bin] - meanB;
            aa += x * x;
            bb += y * y;
            ab += x * y;
        }
        return ab / Math.sqrt(aa * bb);
    }
}
