package org.chanterelle.inference.sing;

import java.util.Arrays;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.sing.SingConfig;

/**
 * The decoder for a batch: representations to audio, the convolutions as matrix products over all rows, their past and the overlap of the
 * grains kept for each note.
 */
final class DecoderBatch {
    private final SingConfig config;
    private final SingWeights weights;
    private final int past;
    private final int historyLength;
    private final int stride;
    private final int silentGrains;
    private final int silentSamples;
    private final int channelStride;
    private final int grainStride;

    private final float[] history;
    private final int[] seen;
    private final float[] overlap;
    private final float[][] audio;
    private final int[] position;
    private final float[] gain;

    private final float[] hidden;
    private final float[] other;
    private final float[] grains;
    private final int[] offsets;
    private final int[] rowSlot;
    private final float[] scratch;

    DecoderBatch(SingWeights weights, int slots, int maxFrames, float[] scratch) {
        this.weights = weights;
        this.scratch = scratch;
        config = weights.config;
        past = config.context() - 1;
        stride = config.stride();
        historyLength = (past + maxFrames) * config.representation();
        silentGrains = weights.silentGrains();
        silentSamples = config.leadSamples();
        channelStride = Linear.padded(config.channels());
        grainStride = Linear.padded(config.kernel());
        history = new float[slots * historyLength];
        seen = new int[slots];
        overlap = new float[slots * config.kernel()];
        audio = new float[slots][];
        position = new int[slots];
        gain = new float[slots];
        int rows = slots * maxFrames;
        hidden = new float[rows * channelStride];
        other = new float[rows * channelStride];
        grains = new float[rows * grainStride];
        offsets = new int[rows];
        rowSlot = new int[rows];
    }

    void begin(int slot, float[] to) {
        seen[slot] = 0;
        gain[slot] = 1f;
        audio[slot] = to;
        Arrays.fill(overlap, slot * config.kernel(), (slot + 1) * config.kernel(), 0f);
        // The first stride to be complete, and with it the first audio frame, lies so far before the note.
        position[slot] = (silentGrains - config.kernel() / stride + 1) * stride - silentSamples;
    }

    /** From the next control frame on. */
    void setGain(int slot, float factor) {
        gain[slot] = factor;
    }

    int samplesOf(int slot) {
        return Math.clamp(position[slot], 0, audio[slot] == null ? 0 : audio[slot].length);
    }

    /** Takes a run's representations, rows as in the generator. */
    void run(int[] slots, int[] starts, int frames, float[] representation, int representationStride) {
        int rows = 0;
        for (int f = 0; f < frames; f++) {
            for (int row = starts[f]; row < starts[f + 1]; row++) {
                int slot = slots[row - starts[f]];
                int size = config.representation();
                System.arraycopy(representation, row * representationStride, history, slot * historyLength + (past + f) * size,
                        size);
                if (seen[slot]++ >= past + silentGrains) {
                    offsets[rows] = slot * historyLength + f * size;
                    rowSlot[rows++] = slot;
                }
            }
        }
        decode(rows);
        for (int row = 0; row < rows; row++) {
            place(rowSlot[row], row * grainStride);
        }
        forget(slots, starts, frames);
    }

    private void decode(int rows) {
        if (rows == 0) {
            return;
        }
        weights.context.applyRows(history, offsets, rows, hidden, channelStride, scratch);
        rectify(hidden, rows * channelStride);
        for (int row = 0; row < rows; row++) {
            offsets[row] = row * channelStride;
        }
        float[] in = hidden;
        float[] out = other;
        for (Linear rewrite : weights.rewrites) {
            rewrite.applyRows(in, offsets, rows, out, channelStride, scratch);
            rectify(out, rows * channelStride);
            float[] spare = in;
            in = out;
            out = spare;
        }
        weights.grain.applyRows(in, offsets, rows, grains, grainStride, scratch);
    }

    private static void rectify(float[] x, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = Math.max(x[i], 0f);
        }
    }

    /** Adds a grain to its note and hands over the stride that is complete. */
    private void place(int slot, int grain) {
        int kernel = config.kernel();
        int at = slot * kernel;
        for (int n = 0; n < kernel; n++) {
            overlap[at + n] += gain[slot] * weights.window[n] * grains[grain + n];
        }
        float[] to = audio[slot];
        int from = position[slot];
        for (int n = Math.max(0, -from); n < Math.min(stride, to.length - from); n++) {
            to[from + n] = overlap[at + n] + gain[slot] * weights.bias;
        }
        position[slot] = from + stride;
        System.arraycopy(overlap, at + stride, overlap, at, kernel - stride);
        Arrays.fill(overlap, at + kernel - stride, at + kernel, 0f);
    }

    /** Of each note that took part the last representations stay. */
    private void forget(int[] slots, int[] starts, int frames) {
        int notes = starts[1] - starts[0];
        int taken = frames;
        for (int i = 0; i < notes; i++) {
            while (starts[taken] - starts[taken - 1] <= i) {
                taken--;
            }
            int at = slots[i] * historyLength;
            System.arraycopy(history, at + taken * config.representation(), history, at, past * config.representation());
        }
    }
}
