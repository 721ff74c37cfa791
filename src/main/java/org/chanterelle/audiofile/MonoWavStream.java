package org.chanterelle.audiofile;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;

/** A WAV file of one channel and known length, written piece by piece. One thread. */
public final class MonoWavStream implements Closeable {
    private static final int BLOCK_FRAMES = 4096;

    private final OutputStream out;
    private final SampleFormat format;
    private final long frames;
    private final ByteBuffer block;
    private long written;

    /**
     * Begins a file.
     *
     * @param out empty; closed with this
     * @param frames that will be written
     * @throws IOException if a WAV file cannot hold so many
     */
    public MonoWavStream(OutputStream out, int sampleRateHz, SampleFormat format, long frames) throws IOException {
        this.out = out;
        this.format = format;
        this.frames = frames;
        long bytes = frames * format.bits / 8;
        if (bytes + WavWriter.HEADER_BYTES > 0xffff_ffffL) {
            throw new IOException("a WAV file holds at most 4 GiB");
        }
        block = ByteBuffer.allocate(BLOCK_FRAMES * format.bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        out.write(WavWriter.header(1, sampleRateHz, format, bytes).array());
    }

    /** Appends frames; never more in all than were announced. */
    public void write(float[] samples, int offset, int count) throws IOException {
        if (written + count > frames) {
            throw new IllegalArgumentException("more frames than the " + frames + " announced");
        }
        for (int i = offset; i < offset + count; i++) {
            WavWriter.put(block, samples[i], format);
            if (!block.hasRemaining()) {
                flush();
            }
        }
        written += count;
    }

    private void flush() throws IOException {
        out.write(block.array(), 0, block.position());
        block.clear();
    }

    /** Writes what is left and closes the file. */
    @Override
    public void close() throws IOException {
        try (out) {
            flush();
            if ((frames * format.bits / 8 & 1) != 0) {
                out.write(0);
            }
        }
    }
}
