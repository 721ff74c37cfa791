package org.chanterelle.analysis;

import org.chanterelle.rt.dsp.Fft;
import org.chanterelle.signal.RealTime;

/**
 * A-weighted loudness of windowed frames by one of the published definitions. Not thread-safe; {@link #loudness} allocates nothing.
 */
public final class LoudnessMeter {
    /** Lowest value of {@link LoudnessDefinition#MAGENTA} in dB. */
    public static final float MAGENTA_FLOOR_DB = -80f;

    private static final double MIN_WEIGHT_DB = -80.0;
    private static final double ACIDS_EPSILON = 1e-7;
    private static final double TORCHCREPE_REFERENCE_DB = 20.0;
    private static final double TORCHCREPE_FLOOR_DB = -100.0;
    private static final double TORCHCREPE_RANGE = 1e-4;
    private static final double TORCHCREPE_MIN_MAGNITUDE = 1e-5;
    private static final int MAGENTA_FFT = 512;

    private final LoudnessDefinition definition;
    private final int windowFrames;
    private final int bins;
    private final double[] weightDb;
    private final double[] powerWeight;
    private final double powerScale;
    private final float[] window;
    private final float[] frame;
    private final float[] re;
    private final float[] im;
    private final Fft fft;
    private double minMagnitude = TORCHCREPE_MIN_MAGNITUDE;

    private LoudnessMeter(LoudnessDefinition definition, double sampleRateHz, int windowFrames, int bins, double powerScale) {
        this.definition = definition;
        this.windowFrames = windowFrames;
        this.bins = bins;
        this.powerScale = powerScale;
        weightDb = aWeightingDb(sampleRateHz, windowFrames);
        powerWeight = new double[weightDb.length];
        for (int k = 0; k < weightDb.length; k++) {
            powerWeight[k] = Math.pow(10, weightDb[k] / 10);
        }
        window = new float[windowFrames];
        for (int n = 0; n < windowFrames; n++) {
            window[n] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / windowFrames));
        }
        frame = new float[windowFrames];
        re = new float[windowFrames / 2 + 1];
        im = new float[windowFrames / 2 + 1];
        fft = new Fft(windowFrames);
    }

    /**
     * A definition exactly as published: all bins up to Nyquist.
     *
     * @param windowFrames window and transform length, a power of two (published: 512 for MAGENTA, 2048 for ACIDS, 1024 for
     *     TORCHCREPE, all at 16 kHz)
     */
    public static LoudnessMeter published(LoudnessDefinition definition, double sampleRateHz, int windowFrames) {
        int bins = windowFrames / 2 + 1;
        return new LoudnessMeter(definition, sampleRateHz, windowFrames, bins, 1.0 / bins);
    }

    /**
     * MAGENTA for any sample rate and window, counting only what lies below {@code maxHz}, and scaled so that a steady sound below
     * 8 kHz reads what its 16 kHz recording reads by the published definition with 512-frame windows. A full-scale sine at 1 kHz
     * reads +19.8 dB.
     */
    public static LoudnessMeter rateIndependent(double sampleRateHz, int windowFrames, double maxHz) {
        int bins = Math.min(windowFrames / 2 + 1, (int) Math.ceil(maxHz * windowFrames / sampleRateHz));
        double perWindow = (double) MAGENTA_FFT * MAGENTA_FFT / ((double) windowFrames * windowFrames);
        return new LoudnessMeter(
                LoudnessDefinition.MAGENTA, sampleRateHz, windowFrames, bins, perWindow / (MAGENTA_FFT / 2 + 1));
    }

    /**
     * A-weighting (IEC 61672) at the bins {@code k * sampleRateHz / fftSize}, floored at -80 dB.
     *
     * @return {@code fftSize / 2 + 1} values in dB
     */
    public static double[] aWeightingDb(double sampleRateHz, int fftSize) {
        double[] weights = new double[fftSize / 2 + 1];
        for (int k = 0; k < weights.length; k++) {
            double hz = k * sampleRateHz / fftSize;
            double f2 = hz * hz;
            double low = 20.598997 * 20.598997;
            double mid = Math.sqrt((f2 + 107.65265 * 107.65265) * (f2 + 737.86223 * 737.86223));
            double high = 12194.217 * 12194.217;
            double gain = high * f2 * f2 / ((f2 + low) * mid * (f2 + high));
            weights[k] = Math.max(MIN_WEIGHT_DB, 2.0 + 20 * Math.log10(gain));
        }
        return weights;
    }

    /** Window length in frames. */
    public int windowFrames() {
        return windowFrames;
    }

    /** Loudness of the window that begins at {@code samples[offset]}; dB, for ACIDS the published mixture of nepers and dB. */
    @RealTime
    public float loudness(float[] samples, int offset) {
        transform(samples, offset);
        return (float) switch (definition) {
            case MAGENTA -> magenta();
            case ACIDS -> acids();
            case TORCHCREPE -> torchcrepe();
        };
    }

    /**
     * Loudness of a whole clip, zero-padded by half a window at both ends: value {@code i} is that of the window centred at frame
     * {@code i * hopFrames}.
     *
     * @return {@code 1 + mono.length / hopFrames} values (published ACIDS drops the last)
     */
    public float[] measure(float[] mono, int hopFrames) {
        float[] padded = new float[mono.length + windowFrames];
        System.arraycopy(mono, 0, padded, windowFrames / 2, mono.length);
        float[] values = new float[1 + mono.length / hopFrames];
        if (definition == LoudnessDefinition.TORCHCREPE) {
            minMagnitude = Math.max(TORCHCREPE_MIN_MAGNITUDE,
                    TORCHCREPE_RANGE * loudestMagnitude(padded, hopFrames, values.length));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = loudness(padded, i * hopFrames);
        }
        minMagnitude = TORCHCREPE_MIN_MAGNITUDE;
        return values;
    }

    private double loudestMagnitude(float[] padded, int hopFrames, int count) {
        double loudest = 0;
        for (int i = 0; i < count; i++) {
            transform(padded, i * hopFrames);
            for (int k = 0; k < bins; k++) {
                loudest = Math.max(loudest, magnitude(k));
            }
        }
        return loudest;
    }

    @RealTime
    private void transform(float[] samples, int offset) {
        for (int n = 0; n < windowFrames; n++) {
            frame[n] = samples[offset + n] * window[n];
        }
        fft.forward(frame, re, im);
    }

    @RealTime
    private double magnitude(int bin) {
        return Math.sqrt((double) re[bin] * re[bin] + (double) im[bin] * im[bin]);
    }

    @RealTime
    private double magenta() {
        double power = 0;
        for (int k = 0; k < bins; k++) {
            power += ((double) re[k] * re[k] + (double) im[k] * im[k]) * powerWeight[k];
        }
        return Math.max(MAGENTA_FLOOR_DB, 10 * Math.log10(Math.max(1e-20, power * powerScale)));
    }

    @RealTime
    private double acids() {
        double sum = 0;
        for (int k = 0; k < bins; k++) {
            sum += Math.log(magnitude(k) + ACIDS_EPSILON) + weightDb[k];
        }
        return sum / bins;
    }

    @RealTime
    private double torchcrepe() {
        double sum = 0;
        for (int k = 0; k < bins; k++) {
            double db = 20 * Math.log10(Math.max(minMagnitude, magnitude(k))) + weightDb[k] - TORCHCREPE_REFERENCE_DB;
            sum += Math.max(TORCHCREPE_FLOOR_DB, db);
        }
        return sum / bins;
    }
}
