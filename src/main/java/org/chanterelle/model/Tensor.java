package org.chanterelle.model;

import java.util.Arrays;

/**
 * A named weight's shape and values in row-major order. The array is not copied; treat it as read-only.
 *
 * @param shape length of each dimension, outermost first
 * @param values as many as the product of the shape
 */
public record Tensor(int[] shape, float[] values) {
    /** Rejects a shape that does not fit the values. */
    public Tensor {
        if (size(shape) != values.length) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
        }
    }

    /** Number of values that a shape holds. */
    public static long size(int[] shape) {
        long size = 1;
        for (int length : shape) {
            size = Math.multiplyExact(size, (long) length);
        }
        return size;
    }
}
