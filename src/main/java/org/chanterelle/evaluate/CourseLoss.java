package org.chanterelle.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.chanterelle.ddsp.SpectralLoss;

/** The course's multi-scale spectral loss between two whole sounds: the figure that published DDSP models state. */
public final class CourseLoss {
    private CourseLoss() {}

    /** Loss over the common length of two sounds of one rate; it depends on their level. */
    public static double between(float[] a, float[] b) {
        int length = Math.min(a.length, b.length);
        try (NDManager manager = NDManager.newBaseManager()) {
            return SpectralLoss.course().apply(row(manager, a, length), row(manager, b, length)).toFloatArray()[0];
        }
    }

    private static NDArray row(NDManager manager, float[] audio, int length) {
        return manager.create(java.util.Arrays.copyOf(audio, length), new Shape(1, length));
    }
}
