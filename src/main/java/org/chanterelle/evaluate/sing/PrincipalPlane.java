package org.chanterelle.evaluate.sing;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Points in the plane of their two largest principal components.
 *
 * @param points shape (points, 2), in the order of the rows
 * @param shares of the variance that each axis has, falling
 */
record PrincipalPlane(double[][] points, double[] shares) {
    /** Projects rows of one length, at least 2; the largest component of an axis points up, so that a picture is always the same. */
    static PrincipalPlane of(float[][] rows) {
        int width = rows[0].length;
        double[][] centred = centred(rows, width);
        DMatrixRMaj covariance = new DMatrixRMaj(width, width);
        for (double[] row : centred) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    covariance.add(i, j, row[i] * row[j]);
                }
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(width, true, true);
        if (!eigen.decompose(covariance.copy())) {
            throw new IllegalStateException("eigenvalues of an embedding's covariance did not converge");
        }
        int[] axes = java.util.stream.IntStream.range(0, width).boxed()
                .sorted((a, b) -> Double.compare(eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()))
                .limit(2).mapToInt(i -> i).toArray();
        double total = 0;
        for (int i = 0; i < width; i++) {
            total += covariance.get(i, i);
        }
        double[][] points = new double[rows.length][2];
        double[] shares = new double[2];
        for (int axis = 0; axis < 2; axis++) {
            double[] direction = direction(eigen.getEigenVector(axes[axis]));
            shares[axis] = total > 0 ? eigen.getEigenvalue(axes[axis]).getReal() / total : 0;
            for (int p = 0; p < rows.length; p++) {
                for (int i = 0; i < width; i++) {
                    points[p][axis] += direction[i] * centred[p][i];
                }
            }
        }
        return new PrincipalPlane(points, shares);
    }

    private static double[] direction(DMatrixRMaj vector) {
        double[] direction = vector.data.clone();
        double largest = 0;
        for (double value : direction) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] = largest < 0 ? -direction[i] : direction[i];
        }
        return direction;
    }

    private static double[][] centred(float[][] rows, int width) {
        double[][] centred = new double[rows.length][width];
        for (int i = 0; i < width; i++) {
            double mean = 0;
            for (float[] row : rows) {
                mean += row[i] / rows.length;
            }
            for (int p = 0; p < rows.length; p++) {
                centred[p][i] = rows[p][i] - mean;
            }
        }
        return centred;
    }
}
