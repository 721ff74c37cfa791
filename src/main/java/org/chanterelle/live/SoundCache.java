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
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.signal.UserError;

/**
 * What was computed ahead for sounds, on disk: a folder for each sound and files in it. What is missing, damaged or of another size is as
 * if it were not there. When all is larger than a limit the sounds that were longest not used are deleted. Any thread.
 */
public final class SoundCache {
    private static final int MAGIC = 0x43484e42;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int CHECK_BYTES = Long.BYTES;
    private static final String SUFFIX = ".notes";

    private final Path folder;
    private final long maxBytes;
    private boolean complained;

    /** @param folder need not exist yet */
    public SoundCache(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /** What fills a file's contents. */
    @FunctionalInterface
    interface Contents {
        void put(ByteBuffer buffer);
    }

    /**
     * A file's contents, little-endian.
     *
     * @param key name of the sound: a hash of all that makes it
     * @param bytes how many there must be
     */
    Optional<ByteBuffer> read(String key, String name, long bytes) {
        Path file = file(key, name);
        long size = HEADER_BYTES + bytes + CHECK_BYTES;
        try {
            if (!Files.isRegularFile(file) || Files.size(file) != size) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            Files.setLastModifiedTime(folder.resolve(key), FileTime.from(Instant.now()));
            int end = buffer.capacity() - CHECK_BYTES;
            boolean whole = buffer.capacity() == size && buffer.getLong(end) == check(buffer.array(), end)
                    && buffer.getInt() == MAGIC && buffer.getInt() == VERSION;
            return whole ? Optional.of(buffer) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Keeps a file, and as much of other sounds as there is room for.
     *
     * @param bytes what {@code contents} puts
     * @param problems hears, once, that the disk refuses
     */
    void keep(String key, String name, long bytes, Contents contents, Consumer<String> problems) {
        try {
            write(key, name, bytes, contents);
            trim();
        } catch (IOException e) {
            complain(folder + ": what was computed ahead cannot be kept: " + e, problems);
        } catch (UserError e) {
            complain(e.getMessage(), problems);
        }
    }

    private synchronized void complain(String problem, Consumer<String> problems) {
        if (!complained) {
            complained = true;
            problems.accept(problem);
        }
    }

    private void write(String key, String name, long bytes, Contents contents) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(HEADER_BYTES + bytes + CHECK_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC).putInt(VERSION);
        contents.put(buffer);
        buffer.putLong(check(buffer.array(), buffer.position()));
        Path file = file(key, name);
        Files.createDirectories(file.getParent());
        OutputFile.write(file, true, partial -> Files.write(partial, buffer.array()));
    }

    /** Deletes what was longest not used until the rest is small enough; the newest sound always stays. */
    void trim() throws IOException {
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

    private Path file(String key, String name) {
        return folder.resolve(key).resolve(name + SUFFIX);
    }

    private static long check(byte[] bytes, int length) {
        CRC32 check = new CRC32();
        check.update(bytes, 0, length);
        return check.getValue();
    }
}
