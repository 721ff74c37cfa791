package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * White noise through a filter that changes with every control frame, differentiable in the filter's magnitudes.
 *
 * <p>Each control period's noise is convolved with the zero-phase, Hann-windowed impulse response of its frame's magnitudes.
 */
public final class FilteredNoise {
    /** What becomes of a period's filtered noise beyond the period's ends. */
    public enum Overlap {
        /** It is added to the neighbours, zero-phase: ours. */
        ADDED(0),
        /** The same two audio frames late: magenta takes {@code (taps - 1) / 2 - 1} frames for the middle of the response. */
        ADDED_LATE(2),
        /** The response is made causal and the rest cut off: ddsp_pytorch's law. */
        CUT(0);

        private final int lateFrames;

        Overlap(int lateFrames) {
            this.lateFrames = lateFrames;
        }
    }

    private final int hop;
    private final Overlap overlap;

    /** For {@code hop} audio frames a control frame. */
    public FilteredNoise(int hop, Overlap overlap) {
        this.hop = hop;
        this.overlap = overlap;
    }

    /**
     * Impulse responses, windowed, with time 0 in the middle (index bands - 1).
     *
     * @param magnitudes linear, shape (batch, frames, bands), bands evenly spaced from 0 to Nyquist
     * @return shape (batch, frames, 2 (bands - 1))
     */
    public static NDArray impulseResponses(NDArray magnitudes) {
        int bands = (int) magnitudes.getShape().get(2);
        int taps = 2 * (bands - 1);
        float[] matrix = new float[bands * taps];
        for (int b = 0; b < bands; b++) {
            double weight = (b == 0 || b == bands - 1 ? 1.0 : 2.0) / taps;
            for (int n = 0; n < taps; n++) {
                double window = 0.5 - 0.5 * Math.cos(2.0 * Math.PI * n / taps);
                matrix[b * taps + n] = (float) (weight * window * Math.cos(2.0 * Math.PI * b * (n - taps / 2) / taps));
            }
        }
        return magnitudes.matMul(magnitudes.getManager().create(matrix, new Shape(bands, taps)));
    }

    /**
     * Filters noise.
     *
     * @param magnitudes linear, shape (batch, frames, bands)
     * @param noise white, shape (batch, frames * hop)
     * @return shape (batch, frames * hop)
     */
    public NDArray filter(NDArray magnitudes, NDArray noise) {
        long batch = magnitudes.getShape().get(0);
        long frames = magnitudes.getShape().get(1);
        NDArray blocks = noise.reshape(batch * frames, hop);
        NDArray responses = impulseResponses(magnitudes);
        int taps = (int) responses.getShape().get(2);
        responses = responses.reshape(batch * frames, taps);
        return overlap == Overlap.CUT
                ? cut(blocks, responses, taps).reshape(batch, frames * hop)
                : added(blocks, responses, taps, batch, frames);
    }

    private NDArray added(NDArray blocks, NDArray responses, int taps, long batch, long frames) {
        int periods = Math.ceilDiv(hop + taps - 1, hop);
        NDArray full = convolve(blocks, responses, hop + taps - 1).reshape(batch, frames, hop + taps - 1);
        NDManager manager = blocks.getManager();
        full = full.concat(manager.zeros(new Shape(batch, frames, (long) periods * hop - (hop + taps - 1))), 2);
        full = full.reshape(batch, frames, periods, hop);
        NDArray sum = null;
        for (int p = 0; p < periods; p++) {
            NDArray part = full.get(":, :, " + p);
            part = NDArrays.concat(new NDList(manager.zeros(new Shape(batch, p, hop)), part,
                    manager.zeros(new Shape(batch, periods - 1 - p, hop))), 1);
            sum = sum == null ? part : sum.add(part);
        }
        int delay = taps / 2 - overlap.lateFrames;
        return sum.reshape(batch, (frames + periods - 1) * hop).get(":, " + delay + ":" + (delay + frames * hop));
    }

    /** The response's second half first, so that it is causal, its first half wrapped to the block's end and so cut off. */
    private NDArray cut(NDArray blocks, NDArray responses, int taps) {
        return convolve(blocks, wrapped(responses, taps), hop);
    }

    /** Impulse responses as ddsp_pytorch lays them out: time 0 first, negative times at the end of a block of {@code hop}. */
    public NDArray wrapped(NDArray responses, int taps) {
        int half = taps / 2;
        NDArray middle = responses.getManager().zeros(new Shape(responses.getShape().get(0), hop - taps));
        return NDArrays.concat(new NDList(responses.get(":, " + half + ":"), middle, responses.get(":, :" + half)), 1);
    }

    private static NDArray convolve(NDArray a, NDArray b, int length) {
        return FftConvolution.full(a, b, length);
    }
}
