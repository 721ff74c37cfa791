package org.chanterelle.audiofile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Audio files byte by byte, also such as no programme should write. */
final class AudioBytes {
    static final int PCM = 1;
    static final int FLOAT = 3;
    static final int EXTENSIBLE = 0xfffe;

    private AudioBytes() {}

    /** A WAV file with a header of these values, whatever the data. */
    static byte[] wav(int tag, int channels, int rateHz, int bits, long statedDataBytes, byte[] data) {
        int formatBytes = tag == EXTENSIBLE ? 40 : 16;
        ByteBuffer file = ByteBuffer.allocate(28 + formatBytes + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(20 + formatBytes + data.length).put(ascii("WAVE"));
        file.put(ascii("fmt ")).putInt(formatBytes).putShort((short) tag).putShort((short) channels).putInt(rateHz);
        file.putInt(rateHz * channels * bits / 8).putShort((short) (channels * bits / 8)).putShort((short) bits);
        if (tag == EXTENSIBLE) {
            file.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) PCM);
            file.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71});
        }
        return file.put(ascii("data")).putInt((int) statedDataBytes).put(data).array();
    }

    /** A WAV file whose header is true. */
    static byte[] wav(int tag, int channels, int rateHz, int bits, byte[] data) {
        return wav(tag, channels, rateHz, bits, data.length, data);
    }

    /** An AIFF file, or with a compression an AIFF-C file. The rate is 48000 Hz. */
    static byte[] aiff(String compression, int channels, int bits, int statedFrames, byte[] data) {
        boolean aifc = compression != null;
        int commonBytes = aifc ? 24 : 18;
        ByteBuffer file = ByteBuffer.allocate(12 + 8 + commonBytes + 16 + data.length);
        file.put(ascii("FORM")).putInt(file.capacity() - 8).put(ascii(aifc ? "AIFC" : "AIFF"));
        file.put(ascii("COMM")).putInt(commonBytes).putShort((short) channels).putInt(statedFrames).putShort((short) bits);
        file.putShort((short) (16_383 + 15)).putLong(48_000L << 48);
        if (aifc) {
            file.put(ascii(compression)).putShort((short) 0);
        }
        return file.put(ascii("SSND")).putInt(8 + data.length).putInt(0).putInt(0).put(data).array();
    }

    /** The header of a FLAC file that states its length, without audio. */
    static byte[] flacHeader(int channels, int rateHz, int bits, long statedFrames) {
        ByteBuffer file = ByteBuffer.allocate(42);
        file.put(ascii("fLaC")).putInt(0x8000_0000 | 34).putShort((short) 4096).putShort((short) 4096).position(18);
        file.putLong((long) rateHz << 44 | channels - 1L << 41 | bits - 1L << 36 | statedFrames);
        return file.array();
    }

    static byte[] floats(float... samples) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : samples) {
            bytes.putFloat(sample);
        }
        return bytes.array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
