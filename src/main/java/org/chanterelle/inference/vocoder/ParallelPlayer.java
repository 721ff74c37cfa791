package org.chanterelle.inference.vocoder;

import java.util.Arrays;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.inference.Activations;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.ParallelConfig;

/** The parallel vocoder's network for a stretch of rows at once. One thread. */
public final class ParallelPlayer {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int BANDS = ParallelConfig.BANDS;

    private final ParallelConfig config;
    private final int maxRows;
    private final int side;
    private final int stride;
    private final int hiddenStride;
    private final int headStride;

    private final Linear embed;
    private final Linear head;
    private final Block[] blocks;
    private final float[][] firstNorm;
    private final float[][] lastNorm;

    private final float[] mel;
    private final float[] x;
    private final float[] y;
    private final float[] hidden;
    private final float[] gate;
    private final float[] spectra;
    private final int[] offsets;
    private final float[] scratch = Linear.newScratch();

    /** Taps by place, each as wide as a row. */
    private record Block(float[] taps, float[] bias, float[][] norm, Linear in, Linear out) {}

    /**
     * @param weights by the names and shapes of {@link ParallelConfig#weightShapes()}
     * @param maxRows most rows at once
     */
    public ParallelPlayer(ParallelConfig config, Map<String, Tensor> weights, int maxRows) {
        this.config = config;
        this.maxRows = maxRows;
        side = config.kernel() / 2;
        stride = Linear.padded(config.channels());
        hiddenStride = Linear.padded(config.hidden());
        headStride = Linear.padded(2 * ParallelConfig.BINS);
        embed = Linear.pack(turned(weights.get("embed.weight").values(), config.channels(), BANDS, config.kernel()),
                weights.get("embed.bias").values(), BANDS * config.kernel());
        head = Linear.pack(weights, "head.weight", "head.bias");
        firstNorm = norm(weights, "norm");
        lastNorm = norm(weights, "final");
        blocks = new Block[config.blocks()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = block(weights, "blocks." + i + ".");
        }
        mel = new float[(maxRows + 2 * side) * BANDS];
        x = new float[maxRows * stride];
        y = new float[maxRows * stride];
        hidden = new float[maxRows * hiddenStride];
        gate = new float[hidden.length];
        spectra = new float[maxRows * headStride];
        offsets = new int[maxRows];
    }

    private Block block(Map<String, Tensor> weights, String name) {
        float[] taps = new float[config.kernel() * stride];
        float[] weight = weights.get(name + "depthwise.weight").values();
        for (int channel = 0; channel < config.channels(); channel++) {
            for (int tap = 0; tap < config.kernel(); tap++) {
                taps[tap * stride + channel] = weight[channel * config.kernel() + tap];
            }
        }
        return new Block(taps, Arrays.copyOf(weights.get(name + "depthwise.bias").values(), stride), norm(weights, name + "norm"),
                Linear.pack(weights, name + "in.weight", name + "in.bias"),
                Linear.pack(weights, name + "out.weight", name + "out.bias"));
    }

    private float[][] norm(Map<String, Tensor> weights, String name) {
        return new float[][] {Arrays.copyOf(weights.get(name + ".weight").values(), stride),
                Arrays.copyOf(weights.get(name + ".bias").values(), stride)};
    }

    /** From (row, input, tap) to (row, tap, input). */
    private static float[] turned(float[] weight, int rows, int inputs, int taps) {
        float[] out = new float[weight.length];
        for (int row = 0; row < rows; row++) {
            for (int input = 0; input < inputs; input++) {
                for (int tap = 0; tap < taps; tap++) {
                    out[(row * taps + tap) * inputs + input] = weight[(row * inputs + input) * taps + tap];
                }
            }
        }
        return out;
    }

    /** Rows on each side that a row depends on. */
    public static int context(ParallelConfig config) {
        return config.kernel() / 2 * (config.blocks() + 1);
    }

    /**
     * Runs the network on rows {@code from} to {@code to}; what lies beyond them does not exist.
     *
     * @param logMel the whole spectrogram
     */
    public void run(float[][] logMel, int from, int to) {
        int rows = to - from;
        if (rows > maxRows) {
            throw new IllegalArgumentException(rows + " rows at once; prepared for " + maxRows);
        }
        Arrays.fill(mel, 0f);
        for (int row = 0; row < rows; row++) {
            for (int band = 0; band < BANDS; band++) {
                mel[(row + side) * BANDS + band] = (logMel[from + row][band] + ParallelConfig.INPUT_OFFSET)
                        / ParallelConfig.INPUT_SCALE;
            }
        }
        embed.applyRows(mel, at(rows, BANDS), rows, x, stride, scratch);
        normalise(x, x, rows, firstNorm);
        for (Block block : blocks) {
            convolve(block, rows);
            normalise(y, y, rows, block.norm);
            block.in.applyRows(y, at(rows, stride), rows, hidden, hiddenStride, scratch);
            swish(rows * hiddenStride);
            block.out.applyRows(hidden, at(rows, hiddenStride), rows, y, stride, scratch);
            for (int i = 0; i < rows * stride; i += LANES) {
                FloatVector.fromArray(SPECIES, x, i).add(FloatVector.fromArray(SPECIES, y, i)).intoArray(x, i);
            }
        }
        normalise(x, y, rows, lastNorm);
        head.applyRows(y, at(rows, stride), rows, spectra, headStride, scratch);
    }

    private int[] at(int rows, int step) {
        for (int row = 0; row < rows; row++) {
            offsets[row] = row * step;
        }
        return offsets;
    }

    private void convolve(Block block, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(block.bias, 0, y, row * stride, stride);
            for (int tap = Math.max(0, side - row); tap < Math.min(config.kernel(), rows + side - row); tap++) {
                int source = (row + tap - side) * stride;
                for (int i = 0; i < stride; i += LANES) {
                    FloatVector.fromArray(SPECIES, x, source + i)
                            .fma(FloatVector.fromArray(SPECIES, block.taps, tap * stride + i),
                                    FloatVector.fromArray(SPECIES, y, row * stride + i))
                            .intoArray(y, row * stride + i);
                }
            }
        }
    }

    /** Layer norm; the padding of a row is 0 on both sides. */
    private void normalise(float[] in, float[] out, int rows, float[][] norm) {
        int channels = config.channels();
        for (int row = 0; row < rows; row++) {
            int at = row * stride;
            double sum = 0;
            for (int i = 0; i < channels; i++) {
                sum += in[at + i];
            }
            float mean = (float) (sum / channels);
            double squares = 0;
            for (int i = 0; i < channels; i++) {
                squares += (double) (in[at + i] - mean) * (in[at + i] - mean);
            }
            float scale = (float) (1 / Math.sqrt(squares / channels + ParallelConfig.EPSILON));
            for (int i = 0; i < channels; i++) {
                out[at + i] = (in[at + i] - mean) * scale * norm[0][i] + norm[1][i];
            }
        }
    }

    private void swish(int length) {
        System.arraycopy(hidden, 0, gate, 0, length);
        Activations.sigmoid(gate, 0, length);
        for (int i = 0; i < length; i += LANES) {
            FloatVector.fromArray(SPECIES, hidden, i).mul(FloatVector.fromArray(SPECIES, gate, i)).intoArray(hidden, i);
        }
    }

    /**
     * What the head has said of a row of the last run.
     *
     * @param corrections of the inverted mel bands' logarithms, 513 values, written
     * @param frequencies offset of each bin's frequency from its middle, in bins, written
     */
    public void read(int row, float[] corrections, float[] frequencies) {
        System.arraycopy(spectra, row * headStride, corrections, 0, ParallelConfig.BINS);
        System.arraycopy(spectra, row * headStride + ParallelConfig.BINS, frequencies, 0, ParallelConfig.BINS);
    }
}
