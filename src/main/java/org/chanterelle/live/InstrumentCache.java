package org.chanterelle.live;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;
import org.chanterelle.inference.NoteStarts;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.expression.LoudnessQuantiles;

/**
 * What making a timbre model ready takes longest for, kept from one start to the next: where its notes begin, and which of its rooms is
 * best. What the disk refuses to keep is computed anew the next time.
 */
final class InstrumentCache {
    /** Changes when the same model would give others. */
    private static final int VERSION = 5;

    private final SoundCache cache;
    private final Consumer<String> problems;

    /** @param problems takes one line for a user */
    InstrumentCache(SoundCache cache, Consumer<String> problems) {
        this.cache = cache;
        this.problems = problems;
    }

    /** The name of a model; sums differ in their last bits where vectors have another length. */
    static String nameOf(ModelFolder model, LoudnessQuantiles loudness) {
        return Fingerprint.of(
                VERSION + " " + FloatVector.SPECIES_PREFERRED.length() + " " + model.card().config()
                        + model.card().normalisation()
                        + model.card().pitchRange() + loudness.lowKey() + " " + loudness.keysPerRow()
                        + Arrays.deepToString(loudness.db()),
                model.weights());
    }

    /** The index of one of so many rooms, kept or computed. */
    int room(String name, int rooms, IntSupplier compute) {
        return cache.read(name, "room", Integer.BYTES).map(ByteBuffer::getInt).filter(i -> i >= 0 && i < rooms).orElseGet(() -> {
            int room = compute.getAsInt();
            cache.keep(name, "room", Integer.BYTES, buffer -> buffer.putInt(room), problems);
            return room;
        });
    }

    /**
     * The values of a model's {@link NoteStarts}, kept or computed.
     *
     * @param attackSeconds which they were computed for
     * @param count how many there are
     */
    float[] starts(String name, double attackSeconds, int count, Supplier<float[]> compute) {
        String file = "starts-" + attackSeconds;
        long bytes = (long) Float.BYTES * count;
        return cache.read(name, file, bytes).map(buffer -> {
            float[] values = new float[count];
            buffer.asFloatBuffer().get(values);
            return values;
        }).orElseGet(() -> {
            float[] values = compute.get();
            cache.keep(name, file, bytes, buffer -> {
                buffer.asFloatBuffer().put(values);
                buffer.position(buffer.position() + (int) bytes);
            }, problems);
            return values;
        });
    }
}
