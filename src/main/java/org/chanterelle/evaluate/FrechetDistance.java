package org.chanterelle.evaluate;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Fréchet distance between two sets of feature vectors, each taken as a Gaussian:
 * {@code |m1 - m2|² + tr(C1 + C2 - 2 (C1 C2)^½)}. 0 for equal sets.
 */
public final class FrechetDistance {
    private static final double DIAGONAL = 1e-3;

    private FrechetDistance() {}

    /**
     * Distance of two sets of vectors of equal dimension, at least two vectors each; 1e-3 is added to the diagonals of both
     * covariances, so that few vectors do not make them singular.
     */
    public static double between(List<double[]> first, List<double[]> second) {
        double[] firstMean = mean(first);
        double[] secondMean = mean(second);
        DMatrixRMaj firstCovariance = covariance(first, firstMean);
        DMatrixRMaj secondCovariance = covariance(second, secondMean);
        double distance = 0;
        for (int k = 0; k < firstMean.length; k++) {
            double difference = firstMean[k] - secondMean[k];
            distance += difference * difference;
        }
        return distance
                + CommonOps_DDRM.trace(firstCovariance)
                + CommonOps_DDRM.trace(secondCovariance)
                - 2 * traceOfRootOfProduct(firstCovariance, secondCovariance);
    }

    private static double[] mean(List<double[]> vectors) {
        if (vectors.size() < 2) {
            throw new IllegalArgumentException("Fréchet distance of " + vectors.size() + " vectors; expected at least 2");
        }
        double[] mean = new double[vectors.getFirst().length];
        for (double[] vector : vectors) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += vector[k] / vectors.size();
            }
        }
        return mean;
    }

    private static DMatrixRMaj covariance(List<double[]> vectors, double[] mean) {
        DMatrixRMaj covariance = new DMatrixRMaj(mean.length, mean.length);
        for (double[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                for (int j = 0; j < mean.length; j++) {
                    covariance.add(i, j, (vector[i] - mean[i]) * (vector[j] - mean[j]) / (vectors.size() - 1));
                }
            }
        }
        for (int k = 0; k < mean.length; k++) {
            covariance.add(k, k, DIAGONAL);
        }
        return covariance;
    }

    /** The eigenvalues of C1 C2 are those of the symmetric C1^½ C2 C1^½, whose decomposition is stable. */
    private static double traceOfRootOfProduct(DMatrixRMaj first, DMatrixRMaj second) {
        DMatrixRMaj root = symmetricRoot(first);
        DMatrixRMaj product = new DMatrixRMaj(first.numRows, first.numRows);
        DMatrixRMaj inner = new DMatrixRMaj(first.numRows, first.numRows);
        CommonOps_DDRM.mult(root, second, product);
        CommonOps_DDRM.mult(product, root, inner);
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(inner, false);
        double trace = 0;
        for (int k = 0; k < inner.numRows; k++) {
            trace += Math.sqrt(Math.max(0, eigen.getEigenvalue(k).getReal()));
        }
        return trace;
    }

    private static DMatrixRMaj symmetricRoot(DMatrixRMaj matrix) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(matrix, true);
        DMatrixRMaj root = new DMatrixRMaj(matrix.numRows, matrix.numRows);
        for (int k = 0; k < matrix.numRows; k++) {
            DMatrixRMaj vector = eigen.getEigenVector(k);
            CommonOps_DDRM.multAddTransB(Math.sqrt(Math.max(0, eigen.getEigenvalue(k).getReal())), vector, vector, root);
        }
        return root;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> decompose(DMatrixRMaj matrix, boolean vectors) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(matrix.numRows, vectors, true);
        if (!eigen.decompose(matrix.copy())) {
            throw new IllegalStateException("eigenvalues of a " + matrix.numRows + " x " + matrix.numRows
                    + " covariance did not converge: are all features finite?");
        }
        return eigen;
    }
}
