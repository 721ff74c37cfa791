package org.chanterelle.audiofile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.chanterelle.signal.UserError;

/** Walks the chunks of a RIFF or IFF file. No size that the file states is believed beyond the file's own end. */
final class ChunkReader {
    /** Chunk sizes from here up are what recorders write into a pipe, where the length is not yet known. */
    private static final long STREAMED_BYTES = 0x7fff_f000L;

    private static final int FORM_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;

    private final Path file;
    private final FileChannel channel;

    ChunkReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * One chunk.
     *
     * @param id four characters
     * @param offsetBytes of its contents in the file
     * @param statedBytes length by the file's own word
     * @param presentBytes of it that are in the file
     */
    record Chunk(String id, long offsetBytes, long statedBytes, long presentBytes) {
        boolean isStreamed() {
            return statedBytes >= STREAMED_BYTES;
        }
    }

    Path file() {
        return file;
    }

    /** The first chunk of that id, or null. */
    Chunk find(String id, ByteOrder order) throws IOException {
        long size = channel.size();
        long at = FORM_HEADER_BYTES;
        while (at + CHUNK_HEADER_BYTES <= size) {
            ByteBuffer header = bytes(at, CHUNK_HEADER_BYTES).order(order);
            String found = fourCharacters(header);
            long stated = Integer.toUnsignedLong(header.getInt());
            at += CHUNK_HEADER_BYTES;
            if (found.equals(id)) {
                return new Chunk(id, at, stated, Math.min(stated, size - at));
            }
            at += stated + (stated & 1);
        }
        return null;
    }

    /** The chunk of that id with at least {@code minBytes} of contents; throws UserError if there is none. */
    Chunk require(String id, int minBytes, ByteOrder order) throws IOException {
        Chunk chunk = find(id, order);
        if (chunk == null) {
            throw new UserError(
                    file + ": no '" + id.trim() + "' chunk; the file is truncated or damaged. Export or copy it again.");
        }
        if (chunk.presentBytes() < minBytes) {
            throw new UserError(
                    file + ": its '" + id.trim() + "' chunk has " + chunk.presentBytes() + " bytes; expected at least " + minBytes
                            + ". The file is truncated or damaged: export or copy it again.");
        }
        return chunk;
    }

    /** {@code count} bytes from {@code offset}, fewer at the end of the file. */
    ByteBuffer bytes(long offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
            continue;
        }
        return buffer.flip();
    }

    /** Frames in the sample chunk; throws UserError if the file ends before the chunk does. */
    long frames(Chunk data, long statedBytes, int bytesPerFrame, int sampleRateHz) throws IOException {
        if (data.isStreamed()) {
            return (channel.size() - data.offsetBytes()) / bytesPerFrame;
        }
        long stated = statedBytes / bytesPerFrame;
        long present = Math.min(data.presentBytes(), statedBytes) / bytesPerFrame;
        if (present < stated) {
            throw new UserError(String.format(Locale.ROOT,
                    "%s: truncated: its header tells %d frames (%.2f s), the file holds %d (%.2f s). Copy or export it again.",
                    file, stated,
                    (double) stated / sampleRateHz, present, (double) present / sampleRateHz));
        }
        return stated;
    }

    UserError unsupported(String found, String expected) {
        return new UserError(file + ": holds " + found + "; expected " + expected + ". Export it as 16 or 24-bit PCM.");
    }

    /** A chunk's or a compression's name, what cannot be printed replaced by '?'. */
    static String fourCharacters(ByteBuffer from) {
        byte[] id = new byte[4];
        from.get(id);
        return new String(id, StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
    }
}
