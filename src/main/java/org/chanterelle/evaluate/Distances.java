package org.chanterelle.evaluate;

import java.util.Arrays;

/** Distances between sets of measured values. */
final class Distances {
    private Distances() {}

    /**
     * Wasserstein distance of order 1 of two sets of numbers, in their unit: by how much, on average, values must be moved to make one
     * set the other.
     *
     * @return NaN when one is empty
     */
    static double wasserstein(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            return Double.NaN;
        }
        double[] x = a.clone();
        double[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        double sum = 0;
        double done = 0;
        for (int i = 0, k = 0; i < x.length && k < y.length;) {
            double endX = (i + 1.0) / x.length;
            double endY = (k + 1.0) / y.length;
            double end = Math.min(endX, endY);
            sum += Math.abs(x[i] - y[k]) * (end - done);
            done = end;
            i += endX <= endY ? 1 : 0;
            k += endY <= endX ? 1 : 0;
        }
        return sum;
    }

    /**
     * Energy distance (Szekely and Rizzo) of two sets of vectors, each coordinate divided by the first set's standard deviation; 0 for
     * equal distributions.
     *
     * @return NaN when one is empty
     */
    static double energy(double[][] a, double[][] b) {
        if (a.length == 0 || b.length == 0) {
            return Double.NaN;
        }
        double[] scale = new double[a[0].length];
        for (int k = 0; k < scale.length; k++) {
            int column = k;
            double mean = Arrays.stream(a).mapToDouble(row -> row[column]).average().orElseThrow();
            double variance = Arrays.stream(a).mapToDouble(row -> (row[column] - mean) * (row[column] - mean)).average()
                    .orElseThrow();
            scale[k] = 1 / Math.max(1e-9, Math.sqrt(variance));
        }
        return Math.sqrt(Math.max(0, 2 * mean(a, b, scale) - mean(a, a, scale) - mean(b, b, scale)));
    }

    private static double mean(double[][] a, double[][] b, double[] scale) {
        double sum = 0;
        for (double[] x : a) {
            for (double[] y : b) {
                double square = 0;
                for (int k = 0; k < scale.length; k++) {
                    double d = (x[k] - y[k]) * scale[k];
                    square += d * d;
                }
                sum += Math.sqrt(square);
            }
        }
        return sum / a.length / b.length;
    }
}
