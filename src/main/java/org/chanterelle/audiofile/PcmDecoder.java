package org.chanterelle.audiofile;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Uncompressed samples of a WAV or AIFF file. */
final class PcmDecoder implements AudioDecoder {
    private static final int BLOCK_FRAMES = 8192;

    private final FileChannel channel;
    private final PcmLayout layout;
    private final ByteBuffer bytes;
    private final float[][] block;
    private long nextFrame;
    private int blockFrames;

    /** Takes over the open channel. */
    PcmDecoder(FileChannel channel, PcmLayout layout) {
        this.channel = channel;
        this.layout = layout;
        bytes = ByteBuffer.allocate(BLOCK_FRAMES * layout.bytesPerFrame()).order(layout.order());
        block = new float[layout.info().channels()][BLOCK_FRAMES];
    }

    @Override
    public AudioInfo info() {
        return layout.info();
    }

    @Override
    public int blockFrames() {
        return blockFrames;
    }

    @Override
    public float[][] next() throws IOException {
        blockFrames = (int) Math.min(BLOCK_FRAMES, layout.info().frames() - nextFrame);
        if (blockFrames == 0) {
            return null;
        }
        bytes.clear().limit(blockFrames * layout.bytesPerFrame());
        long position = layout.offsetBytes() + nextFrame * layout.bytesPerFrame();
        while (bytes.hasRemaining()) {
            int got = channel.read(bytes, position + bytes.position());
            if (got < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        bytes.flip();
        for (int i = 0; i < blockFrames; i++) {
            for (float[] samples : block) {
                samples[i] = sample();
            }
        }
        nextFrame += blockFrames;
        return block;
    }

    private float sample() {
        return switch (layout.encoding()) {
            case UNSIGNED -> ((bytes.get() & 0xff) - 128) / 128.0f;
            case FLOAT -> layout.bytesPerSample() == Float.BYTES ? bytes.getFloat() : (float) bytes.getDouble();
            case SIGNED -> switch (layout.bytesPerSample()) {
                case 1 -> bytes.get() / 128.0f;
                case 2 -> bytes.getShort() / 32_768.0f;
                case 3 -> int24() / 8_388_608.0f;
                default -> bytes.getInt() / 2_147_483_648.0f;
            };
        };
    }

    private int int24() {
        byte first = bytes.get();
        byte middle = bytes.get();
        byte last = bytes.get();
        boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
        return (little ? last : first) << 16 | (middle & 0xff) << 8 | (little ? first : last) & 0xff;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
