package org.chanterelle.analysis;

import java.util.Arrays;
import org.chanterelle.rt.dsp.Fft;

/**
 * How much a spectrum looks like the harmonics of each pitch: the SWIPE' kernels of Camacho and Harris (2008), which count prime
 * harmonics only and so tell a tone from its subharmonics, on one window. Where correlation is fooled by the reverberation of
 * earlier notes (common subharmonics) or by a strong formant (octaves), this is not.
 */
final class HarmonicSalience {
    private static final int PITCHES_PER_OCTAVE = 48;
    private static final double GRID_ERB = 0.15;
    private static final double MAX_PARTIAL_HZ = 8000;

    /** Most halvings of the window. */
    static final int MAX_HALVINGS = 2;

    /** Where a late window is highest: half as old as the middle, and still without much leakage. */
    private static final double LATE_PEAK = 0.75;

    private final double minHz;
    private final int pitches;
    private final int[] bin;
    private final float[] share;
    private final float[][] kernels;
    private final float[][] windows = new float[1 + MAX_HALVINGS][];
    private final float[] frame;
    private final float[] re;
    private final float[] im;
    private final float[] root;
    private final Fft fft;

    /** Salience of pitch {@code minHz * 2^(i / 48)}, at most 1. */
    final float[] salience;

    /** @param late whether what comes last in a window counts most, else what lies in its middle */
    HarmonicSalience(double sampleRateHz, int windowFrames, double minHz, double maxHz, boolean late) {
        this.minHz = minHz;
        pitches = (int) Math.ceil(PITCHES_PER_OCTAVE * Math.log(maxHz / minHz) / Math.log(2)) + 1;
        double lowest = erb(minHz / 4);
        int points = (int) ((erb(MAX_PARTIAL_HZ) - lowest) / GRID_ERB);
        double[] gridHz = new double[points];
        bin = new int[points];
        share = new float[points];
        for (int j = 0; j < points; j++) {
            gridHz[j] = hertz(lowest + j * GRID_ERB);
            double place = gridHz[j] * windowFrames / sampleRateHz;
            bin[j] = (int) place;
            share[j] = (float) (place - bin[j]);
        }
        kernels = new float[points][pitches];
        for (int i = 0; i < pitches; i++) {
            fillKernel(i, pitchHz(i), gridHz);
        }
        for (int halvings = 0; halvings <= MAX_HALVINGS; halvings++) {
            windows[halvings] = window(windowFrames >> halvings, late ? LATE_PEAK : 0.5);
        }
        frame = new float[windowFrames];
        re = new float[windowFrames / 2 + 1];
        im = new float[windowFrames / 2 + 1];
        root = new float[windowFrames / 2 + 1];
        fft = new Fft(windowFrames);
        salience = new float[pitches];
    }

    private static float[] window(int frames, double peakShare) {
        float[] window = new float[frames];
        for (int n = 0; n < frames; n++) {
            double share = (double) n / frames;
            double way = share < peakShare ? share / peakShare : (1 - share) / (1 - peakShare);
            window[n] = (float) (0.5 - 0.5 * Math.cos(Math.PI * way));
        }
        return window;
    }

    /**
     * Fills {@link #salience} from the window beginning at {@code data[offset]}.
     *
     * @param halvings how often the window is halved, 0 to {@link #MAX_HALVINGS}; the later part remains
     */
    void measure(float[] data, int offset, int halvings) {
        float[] window = windows[halvings];
        int start = frame.length - window.length;
        Arrays.fill(frame, 0, start, 0f);
        for (int n = 0; n < window.length; n++) {
            frame[start + n] = data[offset + start + n] * window[n];
        }
        fft.forward(frame, re, im);
        int bins = Math.min(root.length, bin[bin.length - 1] + 2);
        for (int k = 0; k < bins; k++) {
            root[k] = (float) Math.sqrt((float) Math.sqrt(re[k] * re[k] + im[k] * im[k]));
        }
        Arrays.fill(salience, 0f);
        double norm = 1e-12;
        for (int j = 0; j < bin.length; j++) {
            float level = root[bin[j]] + share[j] * (root[bin[j] + 1] - root[bin[j]]);
            norm += (double) level * level;
            float[] kernel = kernels[j];
            for (int i = 0; i < pitches; i++) {
                salience[i] += level * kernel[i];
            }
        }
        float scale = (float) (1 / Math.sqrt(norm));
        for (int i = 0; i < pitches; i++) {
            salience[i] *= scale;
        }
    }

    /** Highest salience within 38 cents of a pitch. */
    double at(double hz) {
        int i = (int) Math.round(PITCHES_PER_OCTAVE * Math.log(hz / minHz) / Math.log(2));
        int from = Math.max(0, i - 1);
        int to = Math.min(pitches - 1, i + 1);
        float best = -1;
        for (int k = from; k <= to; k++) {
            best = Math.max(best, salience[k]);
        }
        return best;
    }

    /**
     * Lists the pitches of the highest peaks, highest first, into {@code outHz}; zeros fill the rest. Peaks under
     * {@code floor} do not count.
     */
    void peaks(double floor, double[] outHz, double[] outSalience) {
        Arrays.fill(outSalience, floor);
        Arrays.fill(outHz, 0);
        for (int i = 1; i < pitches - 1; i++) {
            if (salience[i] > salience[i - 1] && salience[i] >= salience[i + 1]) {
                insert(i, outHz, outSalience);
            }
        }
    }

    private void insert(int pitch, double[] outHz, double[] outSalience) {
        int place = outHz.length;
        while (place > 0 && outSalience[place - 1] < salience[pitch]) {
            if (place < outHz.length) {
                outHz[place] = outHz[place - 1];
                outSalience[place] = outSalience[place - 1];
            }
            place--;
        }
        if (place < outHz.length) {
            outHz[place] = pitchHz(pitch);
            outSalience[place] = salience[pitch];
        }
    }

    private double pitchHz(int i) {
        return minHz * Math.pow(2, (double) i / PITCHES_PER_OCTAVE);
    }

    private void fillKernel(int pitch, double hz, double[] gridHz) {
        int harmonics = (int) (gridHz[gridHz.length - 1] / hz - 0.75);
        double norm = 0;
        double[] kernel = new double[gridHz.length];
        for (int j = 0; j < gridHz.length; j++) {
            double q = gridHz[j] / hz;
            for (int h = 1; h <= Math.max(1, harmonics); h++) {
                double distance = Math.abs(q - h);
                if (isPrimeOrOne(h) && distance < 0.75) {
                    kernel[j] += distance < 0.25 ? Math.cos(2 * Math.PI * q) : 0.5 * Math.cos(2 * Math.PI * q);
                }
            }
            kernel[j] *= Math.sqrt(1 / gridHz[j]);
            norm += kernel[j] > 0 ? kernel[j] * kernel[j] : 0;
        }
        for (int j = 0; j < gridHz.length; j++) {
            kernels[j][pitch] = (float) (kernel[j] / Math.sqrt(norm));
        }
    }

    private static boolean isPrimeOrOne(int n) {
        for (int d = 2; d * d <= n; d++) {
            if (n % d == 0) {
                return false;
            }
        }
        return true;
    }

    private static double erb(double hz) {
        return 21.4 * Math.log10(1 + hz / 229);
    }

    private static double hertz(double erb) {
        return 229 * (Math.pow(10, erb / 21.4) - 1);
    }
}
