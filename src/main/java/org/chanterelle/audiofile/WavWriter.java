package org.chanterelle.audiofile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;

/** WAV: PCM of 16 or 24 bits, or 32-bit float. */
final class WavWriter {
    static final int HEADER_BYTES = 44;
    private static final int BLOCK_FRAMES = 4096;

    private WavWriter() {}

    static void write(OutputStream out, AudioClip clip, SampleFormat format) throws IOException {
        int frameBytes = clip.channels().length * format.bits / 8;
        long dataBytes = (long) clip.frames() * frameBytes;
        if (dataBytes + HEADER_BYTES > 0xffff_ffffL) {
            throw new IOException("a WAV file holds at most 4 GiB; write FLAC");
        }
        out.write(header(clip.channels().length, clip.sampleRateHz(), format, dataBytes).array());
        ByteBuffer block = ByteBuffer.allocate(BLOCK_FRAMES * frameBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < clip.frames(); frame++) {
            for (float[] channel : clip.channels()) {
                put(block, channel[frame], format);
            }
            if (!block.hasRemaining() || frame == clip.frames() - 1) {
                out.write(block.array(), 0, block.position());
                block.clear();
            }
        }
        if ((dataBytes & 1) != 0) {
            out.write(0);
        }
    }

    /** The header of a file with that many bytes of samples. */
    static ByteBuffer header(int channels, int sampleRateHz, SampleFormat format, long dataBytes) {
        int frameBytes = channels * format.bits / 8;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt((int) (HEADER_BYTES - 8 + dataBytes + (dataBytes & 1))).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16);
        header.putShort((short) (format == SampleFormat.FLOAT_32 ? WavHeader.FLOAT : WavHeader.PCM)).putShort((short) channels);
        header.putInt(sampleRateHz).putInt(sampleRateHz * frameBytes);
        header.putShort((short) frameBytes).putShort((short) format.bits);
        return header.put(ascii("data")).putInt((int) dataBytes);
    }

    static void put(ByteBuffer block, float sample, SampleFormat format) {
        switch (format) {
            case FLOAT_32 -> block.putFloat(sample);
            case PCM_16 -> block.putShort((short) AudioWriter.quantise(sample, 16));
            case PCM_24 -> {
                int value = AudioWriter.quantise(sample, 24);
                block.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
