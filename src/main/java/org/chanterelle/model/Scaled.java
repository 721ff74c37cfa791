package org.chanterelle.model;

import ai.djl.ndarray.NDArray;

/** Products with a number where a gradient flows. */
public final class Scaled {
    private Scaled() {}

    /** {@code x} times a number that lives as long as its gradient needs it: {@code x.mul(number)} gives its memory back before. */
    public static NDArray by(float factor, NDArray x) {
        return x.mul(x.getManager().create(factor));
    }
}
