package org.chanterelle.evaluate.mel2mel;

import java.util.Arrays;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The plane through a model's timbres that shows most of their differences.
 *
 * @param mean of the timbres
 * @param axes two orthogonal directions of length 1, the second 0 where a timbre is one number
 * @param points the instruments in the plane, shape (instruments, 2)
 * @param shares of the variance that each axis has, falling
 */
record TimbrePlane(double[] mean, double[][] axes, double[][] points, double[] shares) {
    /** Of a model's table; the largest number of each axis is positive, so that a picture is always the same. */
    static TimbrePlane of(Mel2MelFolder model) {
        int instruments = model.card().config().instruments().size();
        int size = model.card().config().timbreSize();
        double[] mean = new double[size];
        for (int i = 0; i < instruments; i++) {
            for (int j = 0; j < size; j++) {
                mean[j] += model.timbre(i)[j] / (double) instruments;
            }
        }
        DMatrixRMaj centred = new DMatrixRMaj(instruments, size);
        for (int i = 0; i < instruments; i++) {
            for (int j = 0; j < size; j++) {
                centred.set(i, j, model.timbre(i)[j] - mean[j]);
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(instruments, size, false, true, true);
        if (!svd.decompose(centred.copy())) {
            throw new IllegalStateException("singular values of a table of timbres did not converge");
        }
        DMatrixRMaj transposed = svd.getV(null, true);
        double[] values = svd.getSingularValues().clone();
        SingularOps_DDRM.descendingOrder(null, false, values, svd.numberOfSingularValues(), transposed, true);
        double[][] axes = new double[2][size];
        double[] shares = new double[2];
        double total = Arrays.stream(values).map(v -> v * v).sum();
        for (int axis = 0; axis < Math.min(2, transposed.numRows); axis++) {
            System.arraycopy(transposed.data, axis * size, axes[axis], 0, size);
            upright(axes[axis]);
            shares[axis] = total > 0 ? values[axis] * values[axis] / total : 0;
        }
        return new TimbrePlane(mean, axes, projected(centred, axes), shares);
    }

    private static void upright(double[] axis) {
        double largest = 0;
        for (double value : axis) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        for (int j = 0; j < axis.length && largest < 0; j++) {
            axis[j] = -axis[j];
        }
    }

    private static double[][] projected(DMatrixRMaj centred, double[][] axes) {
        double[][] points = new double[centred.numRows][2];
        for (int i = 0; i < points.length; i++) {
            for (int axis = 0; axis < 2; axis++) {
                for (int j = 0; j < centred.numCols; j++) {
                    points[i][axis] += axes[axis][j] * centred.get(i, j);
                }
            }
        }
        return points;
    }

    /** The timbre at a point of the plane. */
    float[] at(double x, double y) {
        float[] timbre = new float[mean.length];
        for (int j = 0; j < timbre.length; j++) {
            timbre[j] = (float) (mean[j] + x * axes[0][j] + y * axes[1][j]);
        }
        return timbre;
    }

    /** Least and greatest coordinate of an axis, with a margin of a sixth of the span. */
    double[] range(int axis) {
        double low = Arrays.stream(points).mapToDouble(p -> p[axis]).min().orElse(0);
        double high = Arrays.stream(points).mapToDouble(p -> p[axis]).max().orElse(0);
        double margin = Math.max(1e-3, (high - low) / 6);
        return new double[] {low - margin, high + margin};
    }
}
