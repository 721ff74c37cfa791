package org.chanterelle.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.rt.LoopedNote;

/**
 * Notes rendered ahead, on disk: a folder for each sound and in it a file for each pitch. What is missing, damaged or of another shape is
 * as if it were not there. When all is larger than a limit the sounds that were longest not used are deleted.
 */
public final class NoteCache {
    private static final int MAGIC = 0x43484e42;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 16;
    private static final int NOTE_BYTES = 8;
    private static final int CHECK_BYTES = 8;
    private static final String SUFFIX = ".notes";

    private final Path folder;
    private final long maxBytes;

    /** @param folder need not exist yet */
    public NoteCache(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * The notes of a pitch.
     *
     * @param key name of the sound: a hash of all that makes it
     * @param notes how many there must be
     * @param samples how long each must be
     */
    public Optional<LoopedNote[]> read(String key, int pitch, int notes, int samples) {
        Path file = file(key, pitch);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) != bytes(notes, samples)) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            Files.setLastModifiedTime(folder.resolve(key), FileTime.from(Instant.now()));
            return decode(buffer, notes, samples);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<LoopedNote[]> decode(ByteBuffer buffer, int notes, int samples) {
        int end = buffer.capacity() - CHECK_BYTES;
        boolean whole = end == bytes(notes, samples) - CHECK_BYTES && buffer.getLong(end) == check(buffer.array(), end)
                && buffer.getInt() == MAGIC && buffer.getInt() == VERSION && buffer.getInt() == notes
                && buffer.getInt() == samples;
        if (!whole) {
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

    /**
     * Keeps the notes of a pitch.
     *
     * @throws IOException when the folder cannot be made
     * @throws org.chanterelle.signal.UserError when the file cannot be written
     */
    public void write(String key, int pitch, LoopedNote[] notes) throws IOException {
        int samples = notes[0].audio().length;
        ByteBuffer buffer = ByteBuffer.allocate((int) bytes(notes.length, samples)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC).putInt(VERSION).putInt(notes.length).putInt(samples);
        for (LoopedNote note : notes) {
            buffer.putInt(note.loopStart()).putFloat(note.loopGain());
            buffer.asFloatBuffer().put(note.audio());
            buffer.position(buffer.position() + Float.BYTES * samples);
        }
        buffer.putLong(check(buffer.array(), buffer.position()));
        Path file = file(key, pitch);
        Files.createDirectories(file.getParent());
        OutputFile.write(file, true, partial -> Files.write(partial, buffer.array()));
    }

    /** Deletes what was longest not used until the rest is small enough; the newest sound always stays. */
    public void trim() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> sounds;
        try (Stream<Path> all = Files.list(folder)) {
            sounds = new ArrayList<>(all.filter(Files::isDirectory).toList());
        }
        sounds.sort(Comparator.comparing((Path sound) -> sound.toFile().lastModified()).reversed());
        long total = 0;
        for (Path sound : sounds) {
            total += size(sound);
            if (total > maxBytes && sound != sounds.getFirst()) {
                delete(sound);
            }
        }
    }

    private static long size(Path sound) throws IOException {
        try (Stream<Path> files = Files.list(sound)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Of a sound's folder only our own files, and itself when it is empty then. */
    private static void delete(Path sound) throws IOException {
        List<Path> own;
        boolean alone;
        try (Stream<Path> files = Files.list(sound)) {
            List<Path> all = files.toList();
            own = all.stream().filter(file -> file.getFileName().toString().endsWith(SUFFIX)).toList();
            alone = own.size() == all.size();
        }
        for (Path file : own) {
            Files.deleteIfExists(file);
        }
        if (alone) {
            Files.deleteIfExists(sound);
        }
    }

    private Path file(String key, int pitch) {
        return folder.resolve(key).resolve(pitch + SUFFIX);
    }

    private static long bytes(int notes, int samples) {
        return HEADER_BYTES + (long) notes * (NOTE_BYTES + (long) Float.BYTES * samples) + CHECK_BYTES;
    }

    private static long check(byte[] bytes, int length) {
        CRC32 check = new CRC32();
        check.update(bytes, 0, length);
        return check.getValue();
    }
}
