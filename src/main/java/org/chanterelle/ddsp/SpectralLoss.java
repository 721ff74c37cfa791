package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi-scale spectral loss: for each window, the mean absolute difference of magnitudes plus that of their logarithms. Hann windows,
 * hop a quarter of the window.
 *
 * @param windows sizes in audio frames
 * @param convention how frames are laid and logarithms kept finite
 */
public record SpectralLoss(int[] windows, Convention convention) {
    private static final int[] COURSE_WINDOWS = {64, 128, 256, 512, 1024, 2048};

    /** Published ways of framing and of taking the logarithm. */
    public enum Convention {
        /** Centred frames with reflected ends, {@code ln(m + 1e-7)}: the course, and ours. */
        COURSE,
        /** As the course, with each transform divided by the square root of its size: ddsp_pytorch. */
        NORMALISED,
        /** Frames from 0 with zeros after the end, {@code ln(max(m, 1e-5))}: magenta. */
        MAGENTA
    }

    /** The course's definition, that every figure of ours states. */
    public static SpectralLoss course() {
        return new SpectralLoss(COURSE_WINDOWS, Convention.COURSE);
    }

    /** Magenta's definition. */
    public static SpectralLoss magenta() {
        return new SpectralLoss(COURSE_WINDOWS, Convention.MAGENTA);
    }

    /**
     * The loss between two sounds.
     *
     * @param a shape (batch, audioFrames)
     * @param b the same
     * @return a scalar
     */
    public NDArray apply(NDArray a, NDArray b) {
        NDArray sum = null;
        for (NDArray scale : perScale(a, b)) {
            sum = sum == null ? scale : sum.add(scale);
        }
        return sum;
    }

    /** The loss at each window, in the order of {@link #windows}: magnitudes and logarithms together. */
    public List<NDArray> perScale(NDArray a, NDArray b) {
        List<NDArray> losses = new ArrayList<>();
        for (int window : windows) {
            NDArray magnitudesA = magnitudes(a, window);
            NDArray magnitudesB = magnitudes(b, window);
            losses.add(distance(magnitudesA, magnitudesB).add(distance(log(magnitudesA), log(magnitudesB))));
        }
        return losses;
    }

    /** The part of the loss that compares magnitudes only, over all windows. */
    public NDArray magnitudeLoss(NDArray a, NDArray b) {
        NDArray sum = null;
        for (int window : windows) {
            NDArray scale = distance(magnitudes(a, window), magnitudes(b, window));
            sum = sum == null ? scale : sum.add(scale);
        }
        return sum;
    }

    private static NDArray distance(NDArray a, NDArray b) {
        return a.sub(b).abs().mean();
    }

    private NDArray log(NDArray magnitudes) {
        return convention == Convention.MAGENTA
                ? magnitudes.maximum(magnitudes.getManager().create(1e-5f)).log()
                : magnitudes.add(1e-7f).log();
    }

    /**
     * Magnitudes of the short-time Fourier transform under this convention.
     *
     * @param x shape (batch, audioFrames)
     * @return shape (batch, bins, frames)
     */
    public NDArray magnitudes(NDArray x, int window) {
        NDManager manager = x.getManager();
        int hop = window / 4;
        NDArray hann = manager.hanningWindow(window).toType(DataType.FLOAT32, false);
        NDArray framed = x;
        if (convention == Convention.MAGENTA) {
            long length = x.getShape().get(1);
            long padding = Math.max(0, (Math.ceilDiv(length, (long) hop) - 1) * hop + window - length);
            framed = x.concat(manager.zeros(new Shape(x.getShape().get(0), padding)), 1);
        }
        NDArray magnitudes = framed.stft(window, hop, convention != Convention.MAGENTA, hann, true).abs();
        return convention == Convention.NORMALISED ? magnitudes.mul(manager.create((float) (1 / Math.sqrt(window)))) : magnitudes;
    }
}
