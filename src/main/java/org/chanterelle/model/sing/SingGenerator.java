package org.chanterelle.model.sing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.Map;

/**
 * The generator: embeddings of instrument, pitch, velocity and time through an LSTM to one representation a control frame. Its
 * recurrent state is an argument, so that N calls with one control frame equal one call with N. Holds no array of its own.
 */
public final class SingGenerator {
    private final SingConfig config;
    private final Map<String, NDArray> weights;
    private final SingCarriers carriers;

    /** With weights by the names and shapes of {@link SingConfig#weightShapes()}; those of the decoder may be absent. */
    public SingGenerator(SingConfig config, Map<String, NDArray> weights) {
        this(config, weights, config.carriers() ? new SingCarriers(config) : null);
    }

    /** The same, with carriers that were made before; null where the configuration has none. */
    public SingGenerator(SingConfig config, Map<String, NDArray> weights, SingCarriers carriers) {
        this.config = config;
        this.weights = weights;
        this.carriers = carriers;
    }

    /**
     * The LSTM's memory, each of shape (layers, batch, units).
     *
     * @param hidden its last outputs
     * @param cell its cells
     */
    public record State(NDArray hidden, NDArray cell) {}

    /**
     * What to play.
     *
     * @param embedding shape (batch, {@link SingConfig#noteSize()})
     * @param pitches counted from the lowest
     */
    public record Notes(NDArray embedding, int[] pitches) {}

    /**
     * A stretch of notes.
     *
     * @param representation shape (batch, frames, representation)
     * @param state after its last control frame
     */
    public record Output(NDArray representation, State state) {}

    /** The state before a note. */
    public State start(NDManager manager, int batch) {
        Shape shape = new Shape(config.lstmLayers(), batch, config.lstmUnits());
        return new State(manager.zeros(shape), manager.zeros(shape));
    }

    /**
     * Embeddings of notes by rows of the look-up tables; between rows a caller interpolates.
     *
     * @param pitches counted from the lowest
     */
    public Notes embed(NDManager manager, int[] instruments, int[] pitches, int[] velocities) {
        NDArray embedding = NDArrays.concat(
                new NDList(
                        weights.get("seq.tables.0.weight").get(manager.create(instruments)),
                        weights.get("seq.tables.1.weight").get(manager.create(pitches)),
                        weights.get("seq.tables.2.weight").get(manager.create(velocities))),
                1);
        return new Notes(embedding, pitches);
    }

    /**
     * Runs the generator.
     *
     * @param notes by {@link #embed}
     * @param times row of the time table for each control frame; without a time embedding only their number counts
     * @param state before the first of them
     */
    public Output forward(Notes notes, int[] times, State state) {
        NDArray x = notes.embedding.expandDims(1).repeat(1, times.length);
        if (config.timeSize() > 0) {
            NDArray rows = weights.get("seq.time_table.weight").get(x.getManager().create(times));
            x = x.concat(rows.expandDims(0).repeat(0, notes.pitches.length), 2);
        }
        NDList recurrent = lstm(x, state);
        NDArray decoded = Linear
                .linear(recurrent.get(0), weights.get("seq.decoder.weight"), weights.get("seq.decoder.bias"))
                .singletonOrThrow();
        NDArray representation = carriers != null ? carried(decoded, notes.pitches, times) : decoded;
        return new Output(representation, new State(recurrent.get(1), recurrent.get(2)));
    }

    private NDArray carried(NDArray decoded, int[] pitches, int[] times) {
        int width = config.representation();
        float[] cosines = new float[pitches.length * times.length * width];
        float[] sines = new float[cosines.length];
        int at = 0;
        for (int pitch : pitches) {
            for (int time : times) {
                carriers.fill(pitch, time, cosines, sines, at);
                at += width;
            }
        }
        Shape shape = new Shape(pitches.length, times.length, width);
        NDManager manager = decoded.getManager();
        NDList parts = decoded.split(SingCarriers.PARTS, 2);
        return parts.get(0).mul(manager.create(cosines, shape)).add(parts.get(1).mul(manager.create(sines, shape)))
                .add(parts.get(2));
    }

    /** The LSTM; returns its outputs, shape (batch, frames, units), and its last state, twice shape (layers, batch, units). */
    public NDList lstm(NDArray x, State state) {
        NDList parameters = new NDList();
        for (int layer = 0; layer < config.lstmLayers(); layer++) {
            parameters.add(weights.get("seq.lstm.weight_ih_l" + layer));
            parameters.add(weights.get("seq.lstm.weight_hh_l" + layer));
            parameters.add(weights.get("seq.lstm.bias_ih_l" + layer));
            parameters.add(weights.get("seq.lstm.bias_hh_l" + layer));
        }
        // Only in its training form does the engine keep what the gradient needs.
        boolean training = parameters.getFirst().hasGradient();
        return x.getNDArrayInternal().lstm(
                x, new NDList(state.hidden(), state.cell()), parameters, true, config.lstmLayers(), 0.0, training, false, true);
    }

    /** Rows {@code first} to {@code first + count - 1}. */
    public static int[] times(int first, int count) {
        int[] times = new int[count];
        for (int i = 0; i < count; i++) {
            times[i] = first + i;
        }
        return times;
    }
}
