package org.chanterelle.ddsp;

import java.util.Arrays;

/**
 * Short-time Fourier transform and its inverse for {@link LaneFft#LANES} frames at once, Hann windows on both ways. Spectra are
 * one-sided, value {@code k} of the frame in lane {@code l} at index {@code k * LANES + l}. Not for several threads.
 */
final class LaneStft {
    private static final int LANES = LaneFft.LANES;

    private final int size;
    private final int hop;
    private final LaneRealFft fft;
    private final float[] window;

    /**
     * @param size window in audio frames, a power of two, at least 8
     * @param hop in audio frames
     */
    LaneStft(int size, int hop) {
        this(size, hop, size);
    }

    /** @param windowLength of the Hann window in audio frames, at most {@code size}; it lies in the middle */
    LaneStft(int size, int hop, int windowLength) {
        this.size = size;
        this.hop = hop;
        fft = new LaneRealFft(size);
        window = new float[size];
        int lead = (size - windowLength) / 2;
        for (int n = 0; n < windowLength; n++) {
            window[lead + n] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / windowLength));
        }
    }

    /** For real or imaginary parts of LANES spectra. */
    float[] newArray() {
        return fft.newArray();
    }

    /** Transforms frames whose windows begin at {@code start}, {@code start + hop}, ...; lanes beyond {@code lanes} become 0. */
    void forward(float[] audio, int start, int lanes, float[] re, float[] im) {
        if (lanes < LANES) {
            Arrays.fill(re, 0f);
            Arrays.fill(im, 0f);
        }
        for (int lane = 0; lane < lanes; lane++) {
            int from = start + lane * hop;
            for (int n = 0; n < size / 2; n++) {
                int to = fft.place(n) * LANES + lane;
                re[to] = audio[from + 2 * n] * window[2 * n];
                im[to] = audio[from + 2 * n + 1] * window[2 * n + 1];
            }
        }
        fft.forward(re, im);
    }

    /** Adds the windowed inverse transforms at the same places to {@code audio}; the spectra are lost. */
    void inverseAdd(float[] re, float[] im, int start, int lanes, float[] audio) {
        float edge = 1f / size;
        float inner = 2f / size;
        int last = size / 2 * LANES;
        for (int i = 0; i < last + LANES; i++) {
            float scale = i < LANES || i >= last ? edge : inner;
            re[i] *= scale;
            im[i] *= scale;
        }
        adjointAdd(re, im, start, lanes, audio);
    }

    /** The gradient of {@link #forward}: adds it by the audio to {@code audio}, given that by the spectra, which are lost. */
    void adjointAdd(float[] re, float[] im, int start, int lanes, float[] audio) {
        fft.backward(re, im);
        for (int lane = 0; lane < lanes; lane++) {
            int to = start + lane * hop;
            for (int n = 0; n < size / 2; n++) {
                audio[to + 2 * n] += re[n * LANES + lane] * window[2 * n];
                audio[to + 2 * n + 1] += im[n * LANES + lane] * window[2 * n + 1];
            }
        }
    }

    /** What {@link #inverseAdd} after {@link #forward} multiplies audio by, for {@code frames} windows from {@code start} on. */
    void weigh(int start, int frames, float[] weights) {
        for (int frame = 0; frame < frames; frame++) {
            for (int n = 0; n < size; n++) {
                weights[start + frame * hop + n] += window[n] * window[n];
            }
        }
    }
}
