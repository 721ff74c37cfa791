package org.chanterelle.generate.codes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32C;
import org.chanterelle.model.jukebox.VqVaeFolder;

/** Writes a file of codes, whose length is known only at the end. One thread. */
final class CodeWriter {
    private static final int BLOCK_BYTES = 1 << 16;

    private final SeekableByteChannel out;
    private final VqVaeFolder model;
    private final int bits;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long pending;
    private int pendingBits;

    /** Begins in an empty file. */
    CodeWriter(SeekableByteChannel out, VqVaeFolder model) throws IOException {
        this.out = out;
        this.model = model;
        bits = model.card().config().bitsPerCode();
        writeFully(CodeHeader.of(model, 1).toBytes());
    }

    void write(int[] codes, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            pending |= (long) codes[i] << pendingBits;
            pendingBits += bits;
            while (pendingBits >= Byte.SIZE) {
                put();
            }
        }
    }

    private void put() throws IOException {
        if (!block.hasRemaining()) {
            flush();
        }
        block.put((byte) pending);
        pending >>>= Byte.SIZE;
        pendingBits -= Byte.SIZE;
    }

    private void flush() throws IOException {
        crc.update(block.array(), 0, block.position());
        writeFully(block.flip());
        block.clear();
    }

    /** Writes the checksum, and the header with the true number of audio frames. */
    CodeHeader finish(long frames) throws IOException {
        if (pendingBits > 0) {
            put();
        }
        flush();
        ByteBuffer end = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writeFully(end.putInt((int) crc.getValue()).flip());
        CodeHeader header = CodeHeader.of(model, frames);
        out.position(0);
        writeFully(header.toBytes());
        return header;
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
