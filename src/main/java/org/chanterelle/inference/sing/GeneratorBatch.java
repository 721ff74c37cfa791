package org.chanterelle.inference.sing;

import java.util.Arrays;
import org.chanterelle.inference.Activations;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.sing.SingConfig;

/**
 * The generator for a batch: look-up tables and LSTM, layer by layer over a run's control frames. Rows are ordered by control frame, then
 * by note, longest notes first.
 */
final class GeneratorBatch {
    private final SingConfig config;
    private final SingWeights weights;
    private final int units;
    private final int inputs;
    private final int gateStride;
    private final int outputStride;

    private final float[] notes;
    private final int[] frame;
    private final int[] firstFrame;
    private final int[] pitchRow;
    private final float[][] hidden;
    private final float[][] cell;

    private final float[] rowsIn;
    private final float[] gates;
    private final float[] recurrentGates;
    private final float[] rowsOut;
    private final float[] squashed;
    private final float[] representation;
    private final int[] offsets;
    private final int[] slotOffsets;
    private final float[] cosines;
    private final float[] sines;
    private final float[] scratch;

    GeneratorBatch(SingWeights weights, int slots, int maxFrames, float[] scratch) {
        this.weights = weights;
        this.scratch = scratch;
        config = weights.config;
        units = weights.units;
        inputs = config.noteSize() + config.timeSize();
        gateStride = 4 * units;
        outputStride = Linear.padded(config.generatorOutputs());
        int rows = slots * maxFrames;
        notes = new float[slots * config.noteSize()];
        frame = new int[slots];
        firstFrame = new int[slots];
        pitchRow = new int[slots];
        cosines = new float[config.representation()];
        sines = new float[config.representation()];
        hidden = new float[config.lstmLayers()][slots * units];
        cell = new float[config.lstmLayers()][slots * units];
        rowsIn = new float[rows * inputs];
        gates = new float[rows * gateStride];
        recurrentGates = new float[slots * gateStride];
        rowsOut = new float[rows * units];
        squashed = new float[units];
        representation = new float[rows * outputStride];
        offsets = new int[rows];
        slotOffsets = new int[slots];
    }

    void begin(int slot, int pitch, double velocity) {
        frame[slot] = 0;
        for (int layer = 0; layer < hidden.length; layer++) {
            Arrays.fill(hidden[layer], slot * units, (slot + 1) * units, 0f);
            Arrays.fill(cell[layer], slot * units, (slot + 1) * units, 0f);
        }
        int at = slot * config.noteSize() + config.instrumentSize();
        int row = Math.clamp(pitch - config.lowestPitch(), 0, config.pitches() - 1);
        pitchRow[slot] = row;
        System.arraycopy(weights.pitches, row * config.pitchSize(), notes, at, config.pitchSize());
        int above = 0;
        while (above < config.velocities().size() - 1 && config.velocities().get(above) < velocity) {
            above++;
        }
        int below = Math.max(0, above - 1);
        int span = config.velocities().get(above) - config.velocities().get(below);
        double share = span == 0 ? 0 : Math.clamp((velocity - config.velocities().get(below)) / span, 0, 1);
        mix(weights.velocities, below, above, (float) share, config.velocitySize(), at + config.pitchSize());
    }

    void setInstrument(int slot, int one, int other, float share) {
        mix(weights.instruments, one, other, share, config.instrumentSize(), slot * config.noteSize());
    }

    private void mix(float[] table, int low, int high, float share, int size, int at) {
        for (int i = 0; i < size; i++) {
            notes[at + i] = (1 - share) * table[low * size + i] + share * table[high * size + i];
        }
    }

    /** Row of the look-up table that a note's pitch is. */
    int pitchOf(int slot) {
        return pitchRow[slot];
    }

    int framesOf(int slot) {
        return frame[slot];
    }

    /** Representations of the last run, row by row. */
    float[] output() {
        return representation;
    }

    int outputStride() {
        return outputStride;
    }

    /**
     * @param slots of the notes, longest first
     * @param starts first row of each control frame, and the number of rows
     */
    void run(int[] slots, int[] starts, int frames) {
        int rows = starts[frames];
        embed(slots, starts, frames);
        float[] in = rowsIn;
        int width = inputs;
        for (int layer = 0; layer < hidden.length; layer++) {
            rowOffsets(rows, width);
            weights.input[layer].applyRows(in, offsets, rows, gates, gateStride, scratch);
            for (int f = 0; f < frames; f++) {
                step(layer, slots, starts[f], starts[f + 1] - starts[f]);
            }
            in = rowsOut;
            width = units;
        }
        rowOffsets(rows, units);
        weights.representation.applyRows(rowsOut, offsets, rows, representation, outputStride, scratch);
        if (weights.carriers != null) {
            carry(slots, starts, frames);
        }
    }

    private void carry(int[] slots, int[] starts, int frames) {
        int bands = config.representation();
        for (int f = 0; f < frames; f++) {
            for (int row = starts[f]; row < starts[f + 1]; row++) {
                int slot = slots[row - starts[f]];
                weights.carriers.fill(pitchRow[slot], firstFrame[slot] + f, cosines, sines, 0);
                int at = row * outputStride;
                for (int i = 0; i < bands; i++) {
                    representation[at + i] = representation[at + i] * cosines[i] + representation[at + bands + i] * sines[i]
                            + representation[at + 2 * bands + i];
                }
            }
        }
    }

    private void rowOffsets(int rows, int width) {
        for (int row = 0; row < rows; row++) {
            offsets[row] = row * width;
        }
    }

    private void embed(int[] slots, int[] starts, int frames) {
        for (int i = 0; i < starts[1]; i++) {
            firstFrame[slots[i]] = frame[slots[i]];
        }
        for (int f = 0; f < frames; f++) {
            for (int row = starts[f]; row < starts[f + 1]; row++) {
                int slot = slots[row - starts[f]];
                System.arraycopy(notes, slot * config.noteSize(), rowsIn, row * inputs, config.noteSize());
                System.arraycopy(weights.times, frame[slot] * config.timeSize(), rowsIn, row * inputs + config.noteSize(),
                        config.timeSize());
                frame[slot]++;
            }
        }
    }

    /** One control frame of one layer. */
    private void step(int layer, int[] slots, int firstRow, int count) {
        for (int i = 0; i < count; i++) {
            slotOffsets[i] = slots[i] * units;
        }
        weights.recurrent[layer].applyRows(hidden[layer], slotOffsets, count, recurrentGates, gateStride, scratch);
        for (int i = 0; i < count; i++) {
            int row = (firstRow + i) * gateStride;
            add(recurrentGates, i * gateStride, gates, row);
            Activations.sigmoid(gates, row, 3 * units);
            Activations.tanh(gates, row + 3 * units, units);
            remember(row, cell[layer], hidden[layer], slotOffsets[i]);
            System.arraycopy(hidden[layer], slotOffsets[i], rowsOut, (firstRow + i) * units, units);
        }
    }

    private void add(float[] more, int from, float[] to, int at) {
        for (int i = 0; i < gateStride; i++) {
            to[at + i] += more[from + i];
        }
    }

    private void remember(int row, float[] cells, float[] outputs, int at) {
        for (int i = 0; i < units; i++) {
            float kept = gates[row + units + i] * cells[at + i] + gates[row + i] * gates[row + 3 * units + i];
            cells[at + i] = kept;
            squashed[i] = kept;
        }
        Activations.tanh(squashed, 0, units);
        for (int i = 0; i < units; i++) {
            outputs[at + i] = gates[row + 2 * units + i] * squashed[i];
        }
    }
}
