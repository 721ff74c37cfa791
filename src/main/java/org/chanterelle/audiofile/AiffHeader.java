package org.chanterelle.audiofile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.chanterelle.audiofile.ChunkReader.Chunk;
import org.chanterelle.audiofile.PcmLayout.Encoding;

/** The header of an AIFF file, or of an AIFF-C file that is not compressed. */
final class AiffHeader {
    private static final int COMMON_BYTES = 18;
    private static final int COMMON_AIFC_BYTES = 22;
    private static final int SOUND_HEADER_BYTES = 8;

    private AiffHeader() {}

    static PcmLayout read(ChunkReader chunks) throws IOException {
        Chunk common = chunks.require("COMM", COMMON_BYTES, ByteOrder.BIG_ENDIAN);
        ByteBuffer bytes = chunks.bytes(common.offsetBytes(), (int) Math.min(COMMON_AIFC_BYTES, common.presentBytes()));
        int channels = bytes.getShort() & 0xffff;
        long statedFrames = Integer.toUnsignedLong(bytes.getInt());
        int bits = bytes.getShort() & 0xffff;
        int rateHz = (int) Math.rint(extended(bytes.getShort(), bytes.getLong()));
        String compression = bytes.remaining() >= 4 ? ChunkReader.fourCharacters(bytes) : "NONE";
        Encoding encoding = encoding(chunks, compression, bits);
        if (channels == 0) {
            throw chunks.unsupported("0 channels", "at least one");
        }
        int sampleBytes = (bits + 7) / 8;
        int frameBytes = sampleBytes * channels;
        Chunk sound = chunks.require("SSND", SOUND_HEADER_BYTES, ByteOrder.BIG_ENDIAN);
        Chunk data = new Chunk("SSND", sound.offsetBytes() + SOUND_HEADER_BYTES,
                Math.max(0, sound.statedBytes() - SOUND_HEADER_BYTES),
                sound.presentBytes() - SOUND_HEADER_BYTES);
        long frames = chunks.frames(data, statedFrames * frameBytes, frameBytes, Math.max(1, rateHz));
        AudioInfo info = new AudioInfo(AudioFileType.AIFF, rateHz, channels, frames, bits);
        ByteOrder order = compression.equals("sowt") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return new PcmLayout(info, encoding, sampleBytes, order, data.offsetBytes());
    }

    private static Encoding encoding(ChunkReader chunks, String compression, int bits) {
        boolean pcm = compression.equals("NONE") || compression.equals("sowt") || compression.equals("twos");
        if (pcm && bits >= 1 && bits <= 32) {
            return Encoding.SIGNED;
        }
        if (compression.equalsIgnoreCase("fl32") && bits == 32 || compression.equalsIgnoreCase("fl64") && bits == 64) {
            return Encoding.FLOAT;
        }
        throw chunks.unsupported("AIFF samples of format '" + compression + "' with " + bits + " bits",
                "PCM of 8 to 32 bits or float");
    }

    /** An 80-bit extended number, non-negative; sample rates are stored so. */
    private static double extended(short signAndExponent, long mantissa) {
        double unsigned = (mantissa >>> 1) * 2.0 + (mantissa & 1);
        return unsigned * Math.pow(2.0, (signAndExponent & 0x7fff) - 16_383 - 63);
    }
}
