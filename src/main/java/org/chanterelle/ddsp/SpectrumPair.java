package org.chanterelle.ddsp;

import java.util.Arrays;

/**
 * Two sounds' spectra side by side, and the gradient back to the first: centred frames with reflected ends, LANES at a time. What the
 * spectra are compared by is another's. Not for several threads.
 */
final class SpectrumPair {
    private static final int LANES = LaneFft.LANES;

    private final int size;
    private final int half;
    private final int hop;
    private final LaneStft stft;
    private final float[] soundRe;
    private final float[] soundIm;
    private final float[] wantedRe;
    private final float[] wantedIm;
    private float[] padded = {};
    private float[] paddedWanted = {};
    private float[] paddedGradient = {};

    /** Spectra of LANES frames; lanes without a frame are silent in both sounds, and so alike. */
    @FunctionalInterface
    interface Comparison {
        /**
         * The distance, summed over all lanes and bins.
         *
         * @param re of the sound, bin by bin, LANES each; the gradient is left in its place where it is wanted
         * @param im of the sound, likewise
         */
        double compare(float[] re, float[] im, float[] wantedRe, float[] wantedIm);
    }

    /**
     * @param size of the transform in audio frames, a power of two, at least 8
     * @param hop in audio frames
     * @param window length of the Hann window in audio frames, at most {@code size}
     */
    SpectrumPair(int size, int hop, int window) {
        this.size = size;
        this.hop = hop;
        half = size / 2;
        stft = new LaneStft(size, hop, window);
        soundRe = stft.newArray();
        soundIm = stft.newArray();
        wantedRe = stft.newArray();
        wantedIm = stft.newArray();
    }

    /** Frames of a sound of {@code length} audio frames. */
    int frames(int length) {
        return length / hop + 1;
    }

    /**
     * Compares {@code length} audio frames of each sound from {@code offset} on, more than half a transform.
     *
     * @param backward whether {@link #addGradient} will be asked
     */
    double compare(float[] sound, float[] wanted, int offset, int length, boolean backward, Comparison comparison) {
        prepare(length + size);
        reflect(sound, offset, length, padded);
        reflect(wanted, offset, length, paddedWanted);
        double sum = 0;
        int frames = frames(length);
        for (int frame = 0; frame < frames; frame += LANES) {
            int lanes = Math.min(LANES, frames - frame);
            stft.forward(padded, frame * hop, lanes, soundRe, soundIm);
            stft.forward(paddedWanted, frame * hop, lanes, wantedRe, wantedIm);
            sum += comparison.compare(soundRe, soundIm, wantedRe, wantedIm);
            if (backward) {
                stft.adjointAdd(soundRe, soundIm, frame * hop, lanes, paddedGradient);
            }
        }
        return sum;
    }

    private void prepare(int length) {
        if (padded.length != length) {
            padded = new float[length];
            paddedWanted = new float[length];
            paddedGradient = new float[length];
        }
        Arrays.fill(paddedGradient, 0f);
    }

    private void reflect(float[] from, int offset, int length, float[] to) {
        System.arraycopy(from, offset, to, half, length);
        for (int i = 1; i <= half; i++) {
            to[half - i] = from[offset + i];
            to[half + length - 1 + i] = from[offset + length - 1 - i];
        }
    }

    /** Adds {@code weight} times the gradient of the last comparison by its sound to {@code gradient}, at the same place. */
    void addGradient(float[] gradient, int offset, int length, float weight) {
        for (int i = 0; i < length; i++) {
            gradient[offset + i] += weight * paddedGradient[half + i];
        }
        for (int i = 1; i <= half; i++) {
            gradient[offset + i] += weight * paddedGradient[half - i];
            gradient[offset + length - 1 - i] += weight * paddedGradient[half + length - 1 + i];
        }
    }
}
