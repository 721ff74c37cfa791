package org.chanterelle.generate.codes;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;

/** A file of codes, checked whole before its codes are read one after another. One thread. */
public final class CodeFile implements Closeable {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Path file;
    private final CodeHeader header;
    private final InputStream in;
    private long left;
    private long pending;
    private int pendingBits;

    private CodeFile(Path file, CodeHeader header, InputStream in) {
        this.file = file;
        this.header = header;
        this.in = in;
        left = header.codes();
    }

    /**
     * Opens a file.
     *
     * @throws UserError in one line, when it is missing, damaged or no file of codes
     */
    public static CodeFile open(Path file) {
        try {
            CodeHeader header;
            try (InputStream in = Files.newInputStream(file)) {
                header = CodeHeader.parse(file, in.readNBytes(CodeHeader.MAX_BYTES));
            }
            long expected = header.bytes() + header.payloadBytes() + Integer.BYTES;
            if (Files.size(file) != expected) {
                throw new UserError(file + ": " + Files.size(file) + " bytes; its header tells of " + expected
                        + ". Copy it again or encode again");
            }
            check(file, header);
            InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK_BYTES);
            in.skipNBytes(header.bytes());
            return new CodeFile(file, header, in);
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": expected a file of codes, found nothing of this name. Check the path", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Writes a file of codes that are in memory, each of a whole hop, replacing one that is there.
     *
     * @param count how many of them
     */
    public static void write(Path file, VqVaeFolder model, int[] codes, int count) {
        OutputFile.write(file, true, partial -> {
            try (var channel = Files.newByteChannel(partial, StandardOpenOption.WRITE)) {
                CodeWriter writer = new CodeWriter(channel, model);
                writer.write(codes, 0, count);
                writer.finish((long) count * model.card().config().hop());
            }
        });
    }

    /** Opens a file, checks it, and reads at most so many of its codes. */
    public static int[] read(Path file, int most) {
        try (CodeFile codes = open(file)) {
            int[] all = new int[(int) Math.min(most, codes.header().codes())];
            codes.read(all, 0, all.length);
            return all;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void check(Path file, CodeHeader header) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] block = new byte[BLOCK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(header.bytes());
            for (long left = header.payloadBytes(); left > 0;) {
                int count = in.readNBytes(block, 0, (int) Math.min(left, block.length));
                if (count == 0) {
                    throw new IOException("it became shorter while it was read");
                }
                crc.update(block, 0, count);
                left -= count;
            }
            int stated = ByteBuffer.wrap(in.readNBytes(Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt();
            if (stated != (int) crc.getValue()) {
                throw CodeHeader.damaged(file, "part with the codes");
            }
        }
    }

    private static UserError unreadable(Path file, IOException e) {
        return new UserError(1, file + ": reading failed: " + e.getMessage() + ". Check the disk or copy the file again", e);
    }

    /** What the file begins with. */
    public CodeHeader header() {
        return header;
    }

    /** Reads up to {@code most} codes; returns how many, 0 at the end. */
    public int read(int[] to, int offset, int most) {
        int count = (int) Math.min(most, left);
        try {
            for (int i = 0; i < count; i++) {
                to[offset + i] = next();
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        left -= count;
        return count;
    }

    private int next() throws IOException {
        while (pendingBits < header.bitsPerCode()) {
            int value = in.read();
            if (value < 0) {
                throw new IOException("it became shorter while it was read");
            }
            pending |= (long) value << pendingBits;
            pendingBits += Byte.SIZE;
        }
        int code = (int) (pending & (1L << header.bitsPerCode()) - 1);
        pending >>>= header.bitsPerCode();
        pendingBits -= header.bitsPerCode();
        if (code >= header.codebook()) {
            throw new UserError(file + ": holds code " + code + "; expected 0 to " + (header.codebook() - 1)
                    + ". Encode again");
        }
        return code;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
