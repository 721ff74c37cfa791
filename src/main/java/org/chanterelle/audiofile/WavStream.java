package org.chanterelle.audiofile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;

/**
 * A stereo WAV file that grows. Until it is finished its header states an unknown length, which most programmes read to the end. One
 * thread.
 */
public final class WavStream implements Closeable {
    private static final int CHANNELS = 2;
    private static final int BLOCK_FRAMES = 4096;
    private static final long UNKNOWN_BYTES = 0xffff_ffffL - WavWriter.HEADER_BYTES;

    private final SeekableByteChannel out;
    private final int sampleRateHz;
    private final SampleFormat format;
    private final int frameBytes;
    private final ByteBuffer block;

    /** Begins a file in {@code out}, which is empty and is closed with this. */
    public WavStream(SeekableByteChannel out, int sampleRateHz, SampleFormat format) throws IOException {
        this.out = out;
        this.sampleRateHz = sampleRateHz;
        this.format = format;
        frameBytes = CHANNELS * format.bits / 8;
        block = ByteBuffer.allocate(BLOCK_FRAMES * frameBytes).order(ByteOrder.LITTLE_ENDIAN);
        writeFully(WavWriter.header(CHANNELS, sampleRateHz, format, UNKNOWN_BYTES).flip());
    }

    /** Frames that a file of this format can hold at most. */
    public static long maxFrames(SampleFormat format) {
        return UNKNOWN_BYTES / (CHANNELS * format.bits / 8);
    }

    /** Appends frames. After an exception {@link #finish} keeps those before it. */
    public void write(float[] left, float[] right, int offset, int frames) throws IOException {
        block.clear();
        for (int i = offset; i < offset + frames; i++) {
            if (!block.hasRemaining()) {
                flushBlock();
            }
            WavWriter.put(block, left[i], format);
            WavWriter.put(block, right[i], format);
        }
        flushBlock();
    }

    private void flushBlock() throws IOException {
        writeFully(block.flip());
        block.clear();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** States the true length, of whole frames, and closes the file. Returns the frames in it. */
    public long finish() throws IOException {
        try (out) {
            long frames = Math.max(0, out.size() - WavWriter.HEADER_BYTES) / frameBytes;
            long dataBytes = frames * frameBytes;
            out.truncate(WavWriter.HEADER_BYTES + dataBytes);
            out.position(0);
            writeFully(WavWriter.header(CHANNELS, sampleRateHz, format, dataBytes).flip());
            return frames;
        }
    }

    /** Closes the file as it is. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
