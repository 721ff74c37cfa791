package org.chanterelle.model.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The vectors that encoders' outputs are rounded to, and what training needs to move them: exponential moving averages of the outputs
 * that fell to each code, and of how many did. Plain arrays, lent to the engine for the search. Not for several threads.
 */
public final class Codebook {
    /** Rows that are compared with all codes at a time: so few that their distances stay in the processor's cache. */
    private static final int ROWS = 512;

    private final int codes;
    private final int width;
    private final float[] vectors;
    private final float[] sums;
    private final float[] counts;

    /** A codebook at rest, as a model folder has it: {@code vectors} of shape (codes, width), not copied. */
    public Codebook(int codes, int width, float[] vectors) {
        this(codes, width, vectors, vectors.clone(), filled(codes));
    }

    /**
     * One that training goes on from.
     *
     * @param vectors shape (codes, width), changed by {@link #update}
     * @param sums moving average of the outputs' sum for each code, likewise
     * @param counts moving average of the outputs' number for each code, likewise
     */
    public Codebook(int codes, int width, float[] vectors, float[] sums, float[] counts) {
        if (vectors.length != codes * width || sums.length != vectors.length || counts.length != codes) {
            throw new IllegalArgumentException(
                    "a codebook of " + codes + " codes of " + width + " values does not fit its arrays");
        }
        this.codes = codes;
        this.width = width;
        this.vectors = vectors;
        this.sums = sums;
        this.counts = counts;
    }

    private static float[] filled(int length) {
        float[] ones = new float[length];
        java.util.Arrays.fill(ones, 1f);
        return ones;
    }

    /** Vectors, shape (codes, width); not a copy. */
    public float[] vectors() {
        return vectors;
    }

    /** Moving sums, shape (codes, width); not a copy. */
    public float[] sums() {
        return sums;
    }

    /** Moving counts; not a copy. */
    public float[] counts() {
        return counts;
    }

    /**
     * What rows were rounded to.
     *
     * @param codes the nearest code of each row
     * @param meanSquaredDistance of rows from their codes' vectors
     */
    public record Nearest(int[] codes, double meanSquaredDistance) {}

    /** The nearest code of each row of {@code rows}, shape (rows, width), on the engine of its manager. */
    public Nearest nearest(NDArray rows) {
        int count = Math.toIntExact(rows.getShape().get(0));
        int[] nearest = new int[count];
        double sum = 0;
        try (NDManager manager = rows.getManager().newSubManager()) {
            NDArray k = manager.create(vectors, new Shape(codes, width));
            NDArray turned = k.transpose().mul(-2f);
            NDArray squares = k.square().sum(new int[] {1});
            for (int from = 0; from < count; from += ROWS) {
                int to = Math.min(count, from + ROWS);
                try (NDManager part = manager.newSubManager()) {
                    NDArray some = rows.get(new NDIndex("{}:{}, :", from, to));
                    some.attach(part);
                    NDArray distances = squares.add(some.matMul(turned));
                    distances.attach(part);
                    int[] found = distances.argMin(1).toType(DataType.INT32, false).toIntArray();
                    System.arraycopy(found, 0, nearest, from, to - from);
                    sum += distances.min(new int[] {1}).sum().getFloat() + some.square().sum().getFloat();
                }
            }
        }
        return new Nearest(nearest, sum / count);
    }

    /** The vectors of codes, row after row. */
    public float[] lookUp(int[] some) {
        float[] rows = new float[some.length * width];
        for (int i = 0; i < some.length; i++) {
            System.arraycopy(vectors, some[i] * width, rows, i * width, width);
        }
        return rows;
    }

    /**
     * How codes were used in one update.
     *
     * @param entropy of the batch's codes, nats
     * @param usedNow codes that the batch used at least {@code threshold} times
     * @param used codes that are used at least so often on average
     * @param movement root mean square change of the vectors
     */
    public record Usage(double entropy, int usedNow, int used, double movement) {}

    /**
     * Moves vectors to the means of the outputs that fell to them; codes that are hardly used begin anew at outputs drawn at random.
     *
     * @param rows outputs, row after row
     * @param nearest their codes
     * @param fresh a row for every code, shape (codes, width), which those take that begin anew; null for no such restarts
     * @param decay of the moving averages
     * @param threshold mean use under which a code begins anew
     */
    public Usage update(float[] rows, int[] nearest, float[] fresh, double decay, double threshold) {
        float[] batchSums = new float[codes * width];
        int[] batchCounts = new int[codes];
        for (int row = 0; row < nearest.length; row++) {
            batchCounts[nearest[row]]++;
            for (int i = 0; i < width; i++) {
                batchSums[nearest[row] * width + i] += rows[row * width + i];
            }
        }
        float keep = (float) decay;
        double moved = 0;
        int used = 0;
        for (int code = 0; code < codes; code++) {
            counts[code] = keep * counts[code] + (1 - keep) * batchCounts[code];
            boolean alive = counts[code] >= threshold;
            used += alive ? 1 : 0;
            for (int i = code * width; i < (code + 1) * width; i++) {
                sums[i] = keep * sums[i] + (1 - keep) * batchSums[i];
                float old = vectors[i];
                if (alive || fresh == null) {
                    vectors[i] = counts[code] > 1e-6f ? sums[i] / counts[code] : old;
                } else {
                    vectors[i] = fresh[i];
                }
                moved += (double) (vectors[i] - old) * (vectors[i] - old);
            }
        }
        return new Usage(entropy(batchCounts), usedNow(batchCounts, threshold), used, Math.sqrt(moved / vectors.length));
    }

    private static int usedNow(int[] batchCounts, double threshold) {
        int used = 0;
        for (int count : batchCounts) {
            used += count >= threshold ? 1 : 0;
        }
        return used;
    }

    /** Entropy of a histogram in nats. */
    public static double entropy(int[] counts) {
        double total = 0;
        for (int count : counts) {
            total += count;
        }
        double entropy = 0;
        for (int count : counts) {
            double share = count / total;
            entropy -= share * Math.log(share + 1e-8);
        }
        return entropy;
    }
}
