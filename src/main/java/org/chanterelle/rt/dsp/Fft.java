package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/**
 * Discrete Fourier transform of real frames of one power-of-two size, by a complex transform of half that size. Holds work
 * space: one instance per thread. Nothing is allocated after construction.
 */
public final class Fft {
    private final int size;
    private final int half;
    private final int[] reversed;
    /** Twiddles of the stage joining blocks of {@code s} start at index {@code s}: cos and -sin of pi j / s. */
    private final float[] stageCos;

    private final float[] stageSin;
    private final float[] realCos;
    private final float[] realSin;
    private final float[] workRe;
    private final float[] workIm;

    /** @param size transform length in frames, a power of two, at least 8 */
    public Fft(int size) {
        if (size < 8 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("FFT size " + size + ": expected a power of two, at least 8");
        }
        this.size = size;
        half = size / 2;
        workRe = new float[half];
        workIm = new float[half];
        reversed = new int[half];
        int shift = 32 - Integer.numberOfTrailingZeros(half);
        for (int i = 0; i < half; i++) {
            reversed[i] = Integer.reverse(i) >>> shift;
        }
        stageCos = new float[half];
        stageSin = new float[half];
        for (int span = 4; span < half; span *= 2) {
            for (int j = 0; j < span; j++) {
                stageCos[span + j] = (float) Math.cos(Math.PI * j / span);
                stageSin[span + j] = (float) -Math.sin(Math.PI * j / span);
            }
        }
        realCos = new float[half];
        realSin = new float[half];
        for (int k = 0; k < half; k++) {
            realCos[k] = (float) Math.cos(2 * Math.PI * k / size);
            realSin[k] = (float) -Math.sin(2 * Math.PI * k / size);
        }
    }

    /** Transform length in frames. */
    public int size() {
        return size;
    }

    /**
     * Spectrum of a real frame, unscaled: bin {@code k} is the sum of {@code time[n] exp(-2 pi i k n / size)}.
     *
     * @param time {@code size} values, left as they are
     * @param re real parts, {@code size / 2 + 1} bins, written
     * @param im imaginary parts, the same length, written
     */
    @RealTime
    public void forward(float[] time, float[] re, float[] im) {
        for (int i = 0; i < half; i++) {
            int from = 2 * reversed[i];
            workRe[i] = time[from];
            workIm[i] = time[from + 1];
        }
        transform(workRe, workIm);
        re[0] = workRe[0] + workIm[0];
        im[0] = 0f;
        re[half] = workRe[0] - workIm[0];
        im[half] = 0f;
        for (int k = 1; k < half; k++) {
            float evenRe = 0.5f * (workRe[k] + workRe[half - k]);
            float evenIm = 0.5f * (workIm[k] - workIm[half - k]);
            float oddRe = 0.5f * (workIm[k] + workIm[half - k]);
            float oddIm = 0.5f * (workRe[half - k] - workRe[k]);
            re[k] = evenRe + oddRe * realCos[k] - oddIm * realSin[k];
            im[k] = evenIm + oddRe * realSin[k] + oddIm * realCos[k];
        }
    }

    /**
     * Real frame of a spectrum, scaled by {@code 1 / size}, so that it undoes {@link #forward}. The imaginary parts of the first
     * and last bin are ignored.
     *
     * @param re real parts, {@code size / 2 + 1} bins, left as they are
     * @param im imaginary parts, the same length, left as they are
     * @param time {@code size} values, written
     */
    @RealTime
    public void inverse(float[] re, float[] im, float[] time) {
        // The inverse transform is the forward one with real and imaginary parts exchanged on both sides.
        for (int i = 0; i < half; i++) {
            int k = reversed[i];
            float headIm = k == 0 ? 0f : im[k];
            float tailIm = k == 0 ? 0f : im[half - k];
            float evenRe = re[k] + re[half - k];
            float evenIm = headIm - tailIm;
            float differenceRe = re[k] - re[half - k];
            float differenceIm = headIm + tailIm;
            float oddRe = differenceRe * realCos[k] + differenceIm * realSin[k];
            float oddIm = differenceIm * realCos[k] - differenceRe * realSin[k];
            workIm[i] = evenRe - oddIm;
            workRe[i] = evenIm + oddRe;
        }
        transform(workRe, workIm);
        float scale = 1f / size;
        for (int i = 0; i < half; i++) {
            time[2 * i] = workIm[i] * scale;
            time[2 * i + 1] = workRe[i] * scale;
        }
    }

    /** Forward transform in place of {@code half} complex values given in bit-reversed order. */
    @RealTime
    private void transform(float[] re, float[] im) {
        for (int i = 0; i < half; i += 4) {
            firstTwoStages(re, im, i);
        }
        for (int span = 4; span < half; span *= 2) {
            for (int block = 0; block < half; block += 2 * span) {
                join(re, im, block, span);
            }
        }
    }

    @RealTime
    private static void firstTwoStages(float[] re, float[] im, int i) {
        float sumRe = re[i] + re[i + 1];
        float sumIm = im[i] + im[i + 1];
        float differenceRe = re[i] - re[i + 1];
        float differenceIm = im[i] - im[i + 1];
        float nextSumRe = re[i + 2] + re[i + 3];
        float nextSumIm = im[i + 2] + im[i + 3];
        float nextDifferenceRe = re[i + 2] - re[i + 3];
        float nextDifferenceIm = im[i + 2] - im[i + 3];
        re[i] = sumRe + nextSumRe;
        im[i] = sumIm + nextSumIm;
        re[i + 1] = differenceRe + nextDifferenceIm;
        im[i + 1] = differenceIm - nextDifferenceRe;
        re[i + 2] = sumRe - nextSumRe;
        im[i + 2] = sumIm - nextSumIm;
        re[i + 3] = differenceRe - nextDifferenceIm;
        im[i + 3] = differenceIm + nextDifferenceRe;
    }

    @RealTime
    private void join(float[] re, float[] im, int block, int span) {
        for (int j = 0; j < span; j++) {
            int low = block + j;
            int high = low + span;
            float cos = stageCos[span + j];
            float sin = stageSin[span + j];
            float turnedRe = re[high] * cos - im[high] * sin;
            float turnedIm = re[high] * sin + im[high] * cos;
            re[high] = re[low] - turnedRe;
            im[high] = im[low] - turnedIm;
            re[low] += turnedRe;
            im[low] += turnedIm;
        }
    }
}
