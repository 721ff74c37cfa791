package org.chanterelle.train;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sequential part of a GRU, forward and backward through time, on plain arrays with torch's gate order r, z, n. PyTorch's own
 * spends most of a training step here on a CPU: for every control frame it adds a whole weight matrix to the gradient. What is not
 * sequential (the input's projection, the weights' gradient) is left to one matrix product over all control frames.
 *
 * <p>Sequences are stored frames first: index {@code ((frame * batch) + clip) * width}.
 */
final class GruRecurrence {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final int batch;
    private final int frames;
    private final int units;
    private final int gateStride;
    private final int unitStride;
    private final float[] forwardWeights;
    private final float[] backwardWeights;
    private final float[] bias;

    private final float[] gates;
    private final float[] candidateInputs;
    private final float[] states;

    /**
     * Prepares for one batch.
     *
     * @param weights hidden-to-hidden, shape (3 units, units)
     * @param bias hidden-to-hidden, 3 units
     */
    GruRecurrence(int batch, int frames, int units, float[] weights, float[] bias) {
        this.batch = batch;
        this.frames = frames;
        this.units = units;
        this.bias = bias;
        gateStride = padded(3 * units);
        unitStride = padded(units);
        forwardWeights = new float[units * gateStride];
        backwardWeights = new float[3 * units * unitStride];
        for (int j = 0; j < 3 * units; j++) {
            for (int k = 0; k < units; k++) {
                forwardWeights[k * gateStride + j] = weights[j * units + k];
                backwardWeights[j * unitStride + k] = weights[j * units + k];
            }
        }
        gates = new float[frames * batch * 3 * units];
        candidateInputs = new float[frames * batch * units];
        states = new float[(frames + 1) * batch * units];
    }

    private static int padded(int n) {
        return Math.ceilDiv(n, LANES) * LANES;
    }

    /** All states: the zero state first, then one for each control frame, frames first. */
    float[] states() {
        return states;
    }

    /**
     * Runs the recurrence from the zero state.
     *
     * @param projected inputs times weights plus bias, frames by batch by 3 units
     */
    void forward(float[] projected) {
        float[] hidden = new float[batch * gateStride];
        int width = 3 * units;
        for (int t = 0; t < frames; t++) {
            int before = t * batch * units;
            multiply(states, before, units, forwardWeights, gateStride, hidden);
            for (int b = 0; b < batch; b++) {
                int row = (t * batch + b) * width;
                for (int j = 0; j < 2 * units; j++) {
                    gates[row + j] = projected[row + j] + hidden[b * gateStride + j] + bias[j];
                }
                sigmoid(gates, row, 2 * units);
                int unitRow = (t * batch + b) * units;
                for (int j = 0; j < units; j++) {
                    float inner = hidden[b * gateStride + 2 * units + j] + bias[2 * units + j];
                    candidateInputs[unitRow + j] = inner;
                    gates[row + 2 * units + j] = projected[row + 2 * units + j] + gates[row + j] * inner;
                }
                tanh(gates, row + 2 * units, units);
                int from = before + b * units;
                int to = from + batch * units;
                for (int j = 0; j < units; j++) {
                    float z = gates[row + units + j];
                    states[to + j] = (1f - z) * gates[row + 2 * units + j] + z * states[from + j];
                }
            }
        }
    }

    /**
     * Back through time.
     *
     * @param stateGradient of the loss by each control frame's state, frames by batch by units
     * @param projectedGradient receives that by {@code projected}, frames by batch by 3 units
     * @param hiddenGradient receives that by the hidden projection, the same shape
     */
    void backward(float[] stateGradient, float[] projectedGradient, float[] hiddenGradient) {
        float[] carried = new float[batch * unitStride];
        float[] fromGates = new float[batch * unitStride];
        int width = 3 * units;
        for (int t = frames - 1; t >= 0; t--) {
            for (int b = 0; b < batch; b++) {
                int row = (t * batch + b) * width;
                int unitRow = (t * batch + b) * units;
                for (int j = 0; j < units; j++) {
                    float r = gates[row + j];
                    float z = gates[row + units + j];
                    float n = gates[row + 2 * units + j];
                    float d = stateGradient[unitRow + j] + carried[b * unitStride + j];
                    float dn = d * (1f - z) * (1f - n * n);
                    float dz = d * (states[unitRow + j] - n) * z * (1f - z);
                    float dr = dn * candidateInputs[unitRow + j] * r * (1f - r);
                    projectedGradient[row + j] = dr;
                    projectedGradient[row + units + j] = dz;
                    projectedGradient[row + 2 * units + j] = dn;
                    hiddenGradient[row + j] = dr;
                    hiddenGradient[row + units + j] = dz;
                    hiddenGradient[row + 2 * units + j] = dn * r;
                    carried[b * unitStride + j] = d * z;
                }
            }
            multiply(hiddenGradient, t * batch * width, width, backwardWeights, unitStride, fromGates);
            for (int i = 0; i < carried.length; i++) {
                carried[i] += fromGates[i];
            }
        }
    }

    /** Each clip's row of {@code x} times {@code matrix}, whose rows are {@code stride} apart; four clips share its loads. */
    private void multiply(float[] x, int offset, int width, float[] matrix, int stride, float[] out) {
        Arrays.fill(out, 0f);
        int clip = 0;
        for (; clip + 4 <= batch; clip += 4) {
            multiplyFour(x, offset + clip * width, width, matrix, stride, out, clip * stride);
        }
        for (; clip < batch; clip++) {
            multiplyOne(x, offset + clip * width, width, matrix, stride, out, clip * stride);
        }
    }

    private static void multiplyFour(float[] x, int offset, int width, float[] matrix, int stride, float[] out, int outOffset) {
        for (int j = 0; j < stride; j += LANES) {
            FloatVector a = FloatVector.zero(SPECIES);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (int k = 0; k < width; k++) {
                FloatVector row = FloatVector.fromArray(SPECIES, matrix, k * stride + j);
                a = row.fma(FloatVector.broadcast(SPECIES, x[offset + k]), a);
                b = row.fma(FloatVector.broadcast(SPECIES, x[offset + width + k]), b);
                c = row.fma(FloatVector.broadcast(SPECIES, x[offset + 2 * width + k]), c);
                d = row.fma(FloatVector.broadcast(SPECIES, x[offset + 3 * width + k]), d);
            }
            a.intoArray(out, outOffset + j);
            b.intoArray(out, outOffset + stride + j);
            c.intoArray(out, outOffset + 2 * stride + j);
            d.intoArray(out, outOffset + 3 * stride + j);
        }
    }

    private static void multiplyOne(float[] x, int offset, int width, float[] matrix, int stride, float[] out, int outOffset) {
        for (int k = 0; k < width; k++) {
            FloatVector scale = FloatVector.broadcast(SPECIES, x[offset + k]);
            for (int j = 0; j < stride; j += LANES) {
                FloatVector row = FloatVector.fromArray(SPECIES, matrix, k * stride + j);
                row.fma(scale, FloatVector.fromArray(SPECIES, out, outOffset + j)).intoArray(out, outOffset + j);
            }
        }
    }

    /** Through {@link Math#exp}, not the vector library's: that rounds differently before and after it is compiled. */
    private static void sigmoid(float[] x, int from, int length) {
        for (int i = from; i < from + length; i++) {
            x[i] = (float) (1.0 / (1.0 + Math.exp(-x[i])));
        }
    }

    private static void tanh(float[] x, int from, int length) {
        for (int i = from; i < from + length; i++) {
            x[i] = (float) (2.0 / (1.0 + Math.exp(-2.0 * x[i])) - 1.0);
        }
    }
}
