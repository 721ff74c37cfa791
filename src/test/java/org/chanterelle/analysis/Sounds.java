package org.chanterelle.analysis;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Synthetic sounds with exactly known pitch. */
final class Sounds {
    private Sounds() {}

    /** A sine of the given peak. */
    static float[] sine(double hz, double peak, double seconds, double rateHz) {
        return tone(t -> hz, new double[] {peak}, seconds, rateHz);
    }

    /** Harmonics of a pitch that moves; those above 0.45 of the rate are left out. Phases differ, so that peaks do not pile up. */
    static float[] tone(DoubleUnaryOperator hzAt, double[] harmonics, double seconds, double rateHz) {
        float[] out = new float[(int) Math.round(seconds * rateHz)];
        double phase = 0;
        for (int n = 0; n < out.length; n++) {
            double hz = hzAt.applyAsDouble(n / rateHz);
            double sum = 0;
            for (int h = 1; h <= harmonics.length && h * hz < 0.45 * rateHz; h++) {
                sum += harmonics[h - 1] * Math.sin(2 * Math.PI * h * phase + h * h);
            }
            out[n] = (float) sum;
            phase += hz / rateHz;
        }
        return out;
    }

    /** Amplitudes falling as 1/h, summing to about {@code level}. */
    static double[] bright(int count, double level) {
        double[] amplitudes = new double[count];
        for (int h = 1; h <= count; h++) {
            amplitudes[h - 1] = level / h;
        }
        return amplitudes;
    }

    /** White noise of the given RMS in dB of full scale. */
    static float[] white(double rmsDb, double seconds, double rateHz, long seed) {
        Random random = new Random(seed);
        float[] out = new float[(int) Math.round(seconds * rateHz)];
        for (int n = 0; n < out.length; n++) {
            out[n] = (float) random.nextGaussian();
        }
        return scaled(out, rmsDb);
    }

    /** Pink noise (Kellet's filter) of the given RMS. */
    static float[] pink(double rmsDb, double seconds, double rateHz, long seed) {
        float[] out = white(0, seconds, rateHz, seed);
        double a = 0;
        double b = 0;
        double c = 0;
        for (int n = 0; n < out.length; n++) {
            double in = out[n];
            a = 0.99765 * a + in * 0.0990460;
            b = 0.96300 * b + in * 0.2965164;
            c = 0.57000 * c + in * 1.0526913;
            out[n] = (float) (a + b + c + in * 0.1848);
        }
        return scaled(out, rmsDb);
    }

    /** Noise around a frequency, by a resonance of the given width. */
    static float[] band(double centreHz, double widthHz, double rmsDb, double seconds, double rateHz, long seed) {
        float[] out = white(0, seconds, rateHz, seed);
        double radius = Math.exp(-Math.PI * widthHz / rateHz);
        double turn = 2 * radius * Math.cos(2 * Math.PI * centreHz / rateHz);
        double last = 0;
        double lastButOne = 0;
        double inLast = 0;
        double inLastButOne = 0;
        for (int n = 0; n < out.length; n++) {
            double in = out[n];
            double next = in - inLastButOne + turn * last - radius * radius * lastButOne;
            inLastButOne = inLast;
            inLast = in;
            lastButOne = last;
            last = next;
            out[n] = (float) next;
        }
        return scaled(out, rmsDb);
    }

    static float[] scaled(float[] samples, double rmsDb) {
        double sum = 0;
        for (float s : samples) {
            sum += (double) s * s;
        }
        double gain = Math.pow(10, rmsDb / 20) / Math.sqrt(sum / samples.length);
        float[] out = new float[samples.length];
        for (int n = 0; n < out.length; n++) {
            out[n] = (float) (samples[n] * gain);
        }
        return out;
    }

    static float[] mix(float[] a, float[] b) {
        float[] out = a.clone();
        for (int n = 0; n < Math.min(a.length, b.length); n++) {
            out[n] += b[n];
        }
        return out;
    }

    static float[] join(float[]... parts) {
        int length = 0;
        for (float[] part : parts) {
            length += part.length;
        }
        float[] out = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    static float[] silence(double seconds, double rateHz) {
        return new float[(int) Math.round(seconds * rateHz)];
    }
}
