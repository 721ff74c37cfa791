package org.chanterelle.live;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.chanterelle.rt.LoopedNote;

/** Notes rendered ahead, on disk: a file for each pitch of a sound. */
final class NoteCache {
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int NOTE_BYTES = Integer.BYTES + Float.BYTES;

    private final SoundCache cache;

    NoteCache(SoundCache cache) {
        this.cache = cache;
    }

    /**
     * The notes of a pitch.
     *
     * @param key name of the sound: a hash of all that makes it
     * @param notes how many there must be
     * @param samples how long each must be
     */
    Optional<LoopedNote[]> read(String key, int pitch, int notes, int samples) {
        return cache.read(key, Integer.toString(pitch), bytes(notes, samples)).flatMap(buffer -> decode(buffer, notes, samples));
    }

    private static Optional<LoopedNote[]> decode(ByteBuffer buffer, int notes, int samples) {
        if (buffer.getInt() != notes || buffer.getInt() != samples) {
            return Optional.empty();
        }
        LoopedNote[] read = new LoopedNote[notes];
        for (int i = 0; i < notes; i++) {
            int loopStart = buffer.getInt();
            float loopGain = buffer.getFloat();
            float[] audio = new float[samples];
            buffer.asFloatBuffer().get(audio);
            buffer.position(buffer.position() + Float.BYTES * samples);
            read[i] = new LoopedNote(audio, loopStart, loopGain);
        }
        return Optional.of(read);
    }

    /** Keeps the notes of a pitch; {@code problems} hears, once, that the disk refuses. */
    void keep(String key, int pitch, LoopedNote[] notes, Consumer<String> problems) {
        int samples = notes[0].audio().length;
        cache.keep(key, Integer.toString(pitch), bytes(notes.length, samples), buffer -> {
            buffer.putInt(notes.length).putInt(samples);
            for (LoopedNote note : notes) {
                buffer.putInt(note.loopStart()).putFloat(note.loopGain());
                buffer.asFloatBuffer().put(note.audio());
                buffer.position(buffer.position() + Float.BYTES * samples);
            }
        }, problems);
    }

    private static long bytes(int notes, int samples) {
        return HEADER_BYTES + (long) notes * (NOTE_BYTES + (long) Float.BYTES * samples);
    }
}
