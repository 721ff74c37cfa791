package org.chanterelle.audiofile;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import org.chanterelle.signal.UserError;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;

/** A FLAC file, decoded by jFLAC and checked against the length and the MD5 sum in its header. */
final class FlacDecoder implements AudioDecoder {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int STREAM_INFO_BYTES = 34;
    private static final int MD5_BYTES = 16;
    private static final int MAX_BLOCK_FRAMES = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final AudioInfo info;
    private final org.jflac.FLACDecoder decoder;
    private final byte[] expectedMd5;
    private final MessageDigest md5;
    private final byte[] pcm;
    private final float[][] block;
    private int blockFrames;
    private long decodedFrames;

    private FlacDecoder(Path file, InputStream in, byte[] streamInfo) throws IOException {
        this.file = file;
        this.in = in;
        // 16 bits block size, 16 block size, 24 frame size, 24 frame size, then: 20 rate, 3 channels - 1, 5 bits - 1, 36 frames.
        long packed = ByteBuffer.wrap(streamInfo).getLong(10);
        int rateHz = (int) (packed >>> 44);
        int channels = (int) (packed >>> 41 & 0x7) + 1;
        int bits = (int) (packed >>> 36 & 0x1f) + 1;
        long frames = packed & 0xf_ffff_ffffL;
        info = new AudioInfo(AudioFileType.FLAC, rateHz, channels, frames == 0 ? AudioInfo.UNKNOWN : frames, bits);
        expectedMd5 = Arrays.copyOfRange(streamInfo, STREAM_INFO_BYTES - MD5_BYTES, STREAM_INFO_BYTES);
        md5 = newMd5();
        pcm = new byte[MAX_BLOCK_FRAMES * channels * ((bits + 7) / 8)];
        block = new float[channels][MAX_BLOCK_FRAMES];
        decoder = new org.jflac.FLACDecoder(new SequenceInputStream(new ByteArrayInputStream(onlyStreamInfo(streamInfo)), in));
        decoder.addFrameListener(new FailFast());
    }

    /** Ends the decoding at the first error: left alone, jFLAC looks for the next frame, at the end of the file for ever. */
    private static final class FailFast implements FrameListener {
        @Override
        public void processMetadata(Metadata metadata) {}

        @Override
        public void processFrame(Frame frame) {}

        @Override
        public void processError(String message) {
            throw new UncheckedIOException(new IOException(message));
        }
    }

    static FlacDecoder open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            FlacDecoder decoder = new FlacDecoder(file, in, readMetadata(file, in));
            decoder.decoder.readMetadata();
            return decoder;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Leaves {@code in} at the first audio frame; returns the contents of STREAMINFO. */
    private static byte[] readMetadata(Path file, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            data.skipNBytes(4);
            byte[] streamInfo = null;
            boolean last = false;
            while (!last) {
                int header = data.readInt();
                last = header < 0;
                int type = header >>> 24 & 0x7f;
                int bytes = header & 0xff_ffff;
                if (type == 0 && bytes == STREAM_INFO_BYTES && streamInfo == null) {
                    streamInfo = data.readNBytes(STREAM_INFO_BYTES);
                } else {
                    data.skipNBytes(bytes);
                }
            }
            if (streamInfo == null || streamInfo.length < STREAM_INFO_BYTES) {
                throw new UserError(file + ": no STREAMINFO in this FLAC file; it is damaged. Copy or export it again.");
            }
            return streamInfo;
        } catch (EOFException e) {
            throw new UserError(file + ": truncated: this FLAC file ends within its header. Copy or export it again.", e);
        }
    }

    /** jFLAC allocates what the lengths within pictures and comments state, so it is shown none of them. */
    private static byte[] onlyStreamInfo(byte[] streamInfo) {
        return ByteBuffer.allocate(8 + STREAM_INFO_BYTES).putInt(0x664c_6143).putInt(0x8000_0000 | STREAM_INFO_BYTES)
                .put(streamInfo).array();
    }

    @Override
    public AudioInfo info() {
        return info;
    }

    @Override
    public int blockFrames() {
        return blockFrames;
    }

    @Override
    public float[][] next() throws IOException {
        try {
            Frame frame = decodedFrames == info.frames() ? null : decoder.readNextFrame();
            if (frame == null) {
                checkWhole();
                return null;
            }
            if (frame.header.channels != info.channels() || frame.header.bitsPerSample != info.bitsPerSample()) {
                throw damaged("the format changes within the stream", null);
            }
            blockFrames = frame.header.blockSize;
            convert();
            decodedFrames += blockFrames;
            return block;
        } catch (EOFException | UncheckedIOException e) {
            throw damaged("truncated or damaged", e);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException | NullPointerException e) {
            // jFLAC trusts the bit stream; what it throws on a damaged one is unspecified.
            throw damaged("a block cannot be decoded", e);
        }
    }

    private void convert() {
        float scale = 1.0f / (1L << info.bitsPerSample() - 1);
        int sampleBytes = (info.bitsPerSample() + 7) / 8;
        for (int c = 0; c < block.length; c++) {
            int[] samples = decoder.getChannelData()[c].getOutput();
            for (int i = 0; i < blockFrames; i++) {
                block[c][i] = samples[i] * scale;
                int at = (i * block.length + c) * sampleBytes;
                for (int b = 0; b < sampleBytes; b++) {
                    pcm[at + b] = (byte) (samples[i] >> 8 * b);
                }
            }
        }
        md5.update(pcm, 0, blockFrames * block.length * sampleBytes);
    }

    private void checkWhole() {
        if (info.frames() != AudioInfo.UNKNOWN && decodedFrames != info.frames()) {
            throw damaged("truncated or damaged", null);
        }
        boolean stated = !Arrays.equals(expectedMd5, new byte[MD5_BYTES]);
        if (stated && !Arrays.equals(expectedMd5, md5.digest())) {
            throw damaged("its MD5 sum differs", null);
        }
    }

    private UserError damaged(String what, Throwable cause) {
        String length = info.frames() == AudioInfo.UNKNOWN ? "a length unknown" : info.frames() + " frames";
        return new UserError(String.format(Locale.ROOT,
                "%s: %s: the header tells %s, %d could be decoded. Copy or export it again.", file, what,
                length, decodedFrames), cause);
    }

    private static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
