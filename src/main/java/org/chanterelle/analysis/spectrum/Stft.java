package org.chanterelle.analysis.spectrum;

import org.chanterelle.analysis.spectrum.StftConfig.Padding;
import org.chanterelle.analysis.spectrum.StftConfig.Window;
import org.chanterelle.rt.dsp.Fft;

/** Short-time Fourier transform of whole sounds. Not thread-safe: it reuses its buffers. */
public final class Stft {
    /** Receives one window's spectrum; the arrays are reused for the next one. Shape (bins). */
    public interface Sink {
        /** Takes window {@code index}. */
        void accept(int index, float[] re, float[] im);
    }

    private static final double SMALLEST_OVERLAP = 1e-8;

    private final StftConfig config;
    private final Fft fft;
    private final float[] window;
    private final float[] time;
    private final float[] re;
    private final float[] im;

    /** Prepares the transform. */
    public Stft(StftConfig config) {
        this.config = config;
        fft = new Fft(config.fftSize());
        window = window(config.window(), config.windowFrames());
        time = new float[config.fftSize()];
        re = new float[config.bins()];
        im = new float[config.bins()];
    }

    /** The conventions in force. */
    public StftConfig config() {
        return config;
    }

    /** Sum of the squared window: what an STFT power must be divided by to be a mean square. */
    public double windowEnergy() {
        double sum = 0;
        for (float w : window) {
            sum += (double) w * w;
        }
        return sum;
    }

    /** Transforms every window of {@code audio}, unscaled. */
    public void forEachWindow(float[] audio, Sink sink) {
        int windows = config.windows(audio.length);
        for (int i = 0; i < windows; i++) {
            load(audio, config.start(i));
            fft.forward(time, re, im);
            sink.accept(i, re, im);
        }
    }

    /** Magnitudes, shape (windows, bins). */
    public float[][] magnitudes(float[] audio) {
        float[][] out = powers(audio);
        for (float[] row : out) {
            for (int k = 0; k < row.length; k++) {
                row[k] = (float) Math.sqrt(row[k]);
            }
        }
        return out;
    }

    /** Squared magnitudes, shape (windows, bins). */
    public float[][] powers(float[] audio) {
        float[][] out = new float[config.windows(audio.length)][config.bins()];
        forEachWindow(audio, (i, a, b) -> {
            for (int k = 0; k < a.length; k++) {
                out[i][k] = a[k] * a[k] + b[k] * b[k];
            }
        });
        return out;
    }

    /**
     * The sound of {@code length} frames whose transform is nearest to the given one in the least-squares sense (Griffin and Lim
     * 1984, eq. 6). Shapes (windows, bins).
     */
    public float[] inverse(float[][] real, float[][] imaginary, int length) {
        double[] sum = new double[length];
        double[] weight = new double[length];
        for (int i = 0; i < real.length; i++) {
            fft.inverse(real[i], imaginary[i], time);
            int start = config.start(i);
            for (int n = Math.max(0, -start); n < window.length && start + n < length; n++) {
                sum[start + n] += (double) time[n] * window[n];
                weight[start + n] += (double) window[n] * window[n];
            }
        }
        float[] out = new float[length];
        for (int n = 0; n < length; n++) {
            out[n] = weight[n] > SMALLEST_OVERLAP ? (float) (sum[n] / weight[n]) : 0f;
        }
        return out;
    }

    private void load(float[] audio, int start) {
        boolean reflect = config.padding() == Padding.CENTRED_REFLECT;
        for (int n = 0; n < window.length; n++) {
            int at = reflect ? reflect(start + n, audio.length) : start + n;
            time[n] = at >= 0 && at < audio.length ? window[n] * audio[at] : 0f;
        }
    }

    private static int reflect(int index, int length) {
        if (index >= 0 && index < length) {
            return index;
        }
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int folded = Math.floorMod(index, period);
        return folded < length ? folded : period - folded;
    }

    private static float[] window(Window shape, int length) {
        double period = shape == Window.HANN_PERIODIC ? length : length - 1;
        float[] window = new float[length];
        for (int n = 0; n < length; n++) {
            window[n] = length == 1 ? 1f : (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / period));
        }
        return window;
    }
}
