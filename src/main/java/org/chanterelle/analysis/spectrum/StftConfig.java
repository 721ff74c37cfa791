package org.chanterelle.analysis.spectrum;

/**
 * The conventions of a short-time Fourier transform.
 *
 * @param fftSize transform length in frames, a power of two
 * @param windowFrames window length, at most {@code fftSize}; the rest is zeros
 * @param hopFrames distance between windows
 * @param window window shape
 * @param padding where windows lie and what they see beyond the ends
 */
public record StftConfig(int fftSize, int windowFrames, int hopFrames, Window window, Padding padding) {
    /** Shape of the window. */
    public enum Window {
        /** Hann with period {@code windowFrames}: what every published loss uses. */
        HANN_PERIODIC,
        /** Hann that ends on zero. */
        HANN_SYMMETRIC
    }

    /** Where windows lie. */
    public enum Padding {
        /** Only windows wholly inside the sound; the first starts at 0. */
        NONE,
        /** Window {@code i} is centred on frame {@code i * hopFrames}; beyond the ends the sound is mirrored without repeating the edge. */
        CENTRED_REFLECT,
        /** The same with zeros beyond the ends. */
        CENTRED_ZERO,
        /** Window {@code i} starts at {@code i * hopFrames} for every {@code i * hopFrames} inside the sound; zeros after the end. */
        END_ZERO
    }

    /** Rejects sizes that make no transform. */
    public StftConfig {
        if (Integer.bitCount(fftSize) != 1 || windowFrames < 1 || windowFrames > fftSize || hopFrames < 1) {
            throw new IllegalArgumentException(
                    "STFT of " + fftSize + " with window " + windowFrames + " and hop " + hopFrames
                            + ": expected a power of two, a window no longer than it and a positive hop");
        }
    }

    /** Centred periodic Hann windows as long as the transform, mirrored at the ends (torch's default). */
    public static StftConfig centred(int fftSize, int hopFrames) {
        return new StftConfig(fftSize, fftSize, hopFrames, Window.HANN_PERIODIC, Padding.CENTRED_REFLECT);
    }

    /** Number of bins, from 0 Hz to the Nyquist frequency. */
    public int bins() {
        return fftSize / 2 + 1;
    }

    /** Number of windows for a sound of {@code length} frames. */
    public int windows(int length) {
        return switch (padding) {
            case NONE -> length < windowFrames ? 0 : 1 + (length - windowFrames) / hopFrames;
            case CENTRED_REFLECT, CENTRED_ZERO -> length == 0 ? 0 : 1 + length / hopFrames;
            case END_ZERO -> (length + hopFrames - 1) / hopFrames;
        };
    }

    /** Index in the sound of the first frame of window {@code i}; may be negative. */
    int start(int i) {
        return switch (padding) {
            case NONE, END_ZERO -> i * hopFrames;
            case CENTRED_REFLECT, CENTRED_ZERO -> i * hopFrames - windowFrames / 2;
        };
    }
}
