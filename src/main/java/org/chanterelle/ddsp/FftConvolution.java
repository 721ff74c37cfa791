package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;

/** Linear convolution of rows through the FFT; differentiable in both. */
public final class FftConvolution {
    private FftConvolution() {}

    /**
     * Convolves each row of one array with the same row of the other.
     *
     * @param a shape (rows, n)
     * @param b shape (rows, m) or (1, m)
     * @param length how much of the n + m - 1 values to keep
     * @return shape (rows, length)
     */
    public static NDArray full(NDArray a, NDArray b, int length) {
        long size = fastSize(a.getShape().get(1) + b.getShape().get(1) - 1);
        NDArray product = a.rfft(size, 1).mul(b.rfft(size, 1));
        return product.irfft(size, 1).get(":, :" + length);
    }

    /** The smallest even number of factors 2, 3 and 5 that is at least {@code n}. */
    static long fastSize(long n) {
        for (long size = n + (n & 1);; size += 2) {
            long rest = size;
            for (int factor : new int[] {2, 3, 5}) {
                while (rest % factor == 0) {
                    rest /= factor;
                }
            }
            if (rest == 1) {
                return size;
            }
        }
    }
}
