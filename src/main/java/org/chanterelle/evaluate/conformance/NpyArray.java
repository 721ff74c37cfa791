package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * An array as NumPy stores it, in C order.
 *
 * @param shape lengths of the axes; none for a scalar
 * @param values all values, last axis fastest
 */
record NpyArray(int[] shape, double[] values) {
    NpyArray {
        if (size(shape) != values.length) {
            throw new IllegalArgumentException("shape of " + size(shape) + " elements with " + values.length + " values");
        }
    }

    static NpyArray scalar(double value) {
        return new NpyArray(new int[0], new double[] {value});
    }

    static NpyArray vector(double... values) {
        return new NpyArray(new int[] {values.length}, values);
    }

    static NpyArray vector(float[] values) {
        return of(new int[] {values.length}, values);
    }

    static NpyArray of(int[] shape, float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return new NpyArray(shape, wide);
    }

    static NpyArray of(NDArray array) {
        return of(Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray(), array.toFloatArray());
    }

    static NpyArray matrix(float[][] rows) {
        double[][] wide = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            wide[i] = vector(rows[i]).values;
        }
        return matrix(wide);
    }

    static NpyArray matrix(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return new NpyArray(new int[] {rows.length, columns}, values);
    }

    float[] floats() {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** As a float32 array of the same shape. */
    NDArray on(NDManager manager) {
        return manager.create(floats(), new Shape(Arrays.stream(shape).asLongStream().toArray()));
    }

    /** Rows and columns exchanged; two axes only. */
    NpyArray transposed() {
        double[] turned = new double[values.length];
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                turned[j * shape[0] + i] = values[i * shape[1] + j];
            }
        }
        return new NpyArray(new int[] {shape[1], shape[0]}, turned);
    }

    static int size(int[] shape) {
        int size = 1;
        for (int length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }
}
