package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Laws of going from control frames to audio frames, {@code factor} audio frames for each control frame. */
public enum Upsampling {
    /** Every control frame is repeated. */
    NEAREST,
    /** Straight lines between control frames, the last one held for a whole period: ours, and magenta's for f0. */
    LINEAR_HELD,
    /** Straight lines from the first audio frame to the last, one period shorter: magenta without end point. */
    LINEAR_NO_ENDPOINT,
    /** Overlapping Hann windows of two periods, the last frame held: magenta's for amplitudes. */
    WINDOW_HELD,
    /** Straight lines between the centres of control frames, held beyond the outer ones: torch's {@code interpolate}. */
    LINEAR_HALF_PIXEL;

    /**
     * Upsamples.
     *
     * @param x shape (batch, frames, channels)
     * @return shape (batch, frames * factor, channels), or (frames - 1) * factor without end point
     */
    public NDArray apply(NDArray x, int factor) {
        int frames = (int) x.getShape().get(1);
        int length = this == LINEAR_NO_ENDPOINT ? (frames - 1) * factor : frames * factor;
        int[] left = new int[length];
        int[] right = new int[length];
        float[] toRight = new float[length];
        for (int n = 0; n < length; n++) {
            double position = position(n, factor, frames, length);
            position = Math.max(0.0, Math.min(frames - 1, position));
            left[n] = (int) position;
            right[n] = Math.min(left[n] + 1, frames - 1);
            toRight[n] = (float) share(position - left[n]);
        }
        NDManager manager = x.getManager();
        NDArray share = manager.create(toRight, new Shape(1, length, 1));
        NDArray from = x.get(new NDIndex(":, {}", manager.create(left)));
        NDArray to = x.get(new NDIndex(":, {}", manager.create(right)));
        return from.add(to.sub(from).mul(share));
    }

    private double position(int n, int factor, int frames, int length) {
        return switch (this) {
            case LINEAR_HALF_PIXEL -> (n + 0.5) / factor - 0.5;
            case LINEAR_NO_ENDPOINT -> (double) n * (frames - 1) / (length - 1);
            case NEAREST, LINEAR_HELD, WINDOW_HELD -> (double) n / factor;
        };
    }

    private double share(double fraction) {
        return switch (this) {
            case NEAREST -> 0.0;
            case LINEAR_HELD, LINEAR_NO_ENDPOINT, LINEAR_HALF_PIXEL -> fraction;
            case WINDOW_HELD -> 0.5 - 0.5 * Math.cos(Math.PI * fraction);
        };
    }
}
