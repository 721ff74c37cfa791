package org.chanterelle.audiofile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.chanterelle.audiofile.ChunkReader.Chunk;
import org.chanterelle.audiofile.PcmLayout.Encoding;

/** The header of a WAV file: WAVE_FORMAT_PCM, _IEEE_FLOAT or _EXTENSIBLE of one of these. */
final class WavHeader {
    static final int PCM = 1;
    static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xfffe;
    private static final int FORMAT_BYTES = 16;
    private static final int EXTENSIBLE_BYTES = 40;
    /** In an extensible header the format tag of old is the first two bytes of a GUID, here. */
    private static final int SUB_FORMAT_AT = 24;

    private WavHeader() {}

    static PcmLayout read(ChunkReader chunks) throws IOException {
        Chunk format = chunks.require("fmt ", FORMAT_BYTES, ByteOrder.LITTLE_ENDIAN);
        ByteBuffer bytes = chunks.bytes(format.offsetBytes(), (int) Math.min(EXTENSIBLE_BYTES, format.presentBytes()));
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int tag = bytes.getShort(0) & 0xffff;
        if (tag == EXTENSIBLE && bytes.limit() == EXTENSIBLE_BYTES) {
            tag = bytes.getShort(SUB_FORMAT_AT) & 0xffff;
        }
        int channels = bytes.getShort(2) & 0xffff;
        int rateHz = bytes.getInt(4);
        int frameBytes = bytes.getShort(12) & 0xffff;
        int bits = bytes.getShort(14) & 0xffff;
        if (channels == 0 || frameBytes % channels != 0 || bits > 8 * (frameBytes / channels)) {
            throw chunks.unsupported(bits + " bits in frames of " + frameBytes + " bytes for " + channels + " channels",
                    "a header that agrees");
        }
        int sampleBytes = frameBytes / channels;
        Encoding encoding = encoding(chunks, tag, bits, sampleBytes);
        Chunk data = chunks.require("data", 0, ByteOrder.LITTLE_ENDIAN);
        long frames = chunks.frames(data, data.statedBytes(), frameBytes, Math.max(1, rateHz));
        AudioInfo info = new AudioInfo(AudioFileType.WAV, rateHz, channels, frames, bits);
        return new PcmLayout(info, encoding, sampleBytes, ByteOrder.LITTLE_ENDIAN, data.offsetBytes());
    }

    private static Encoding encoding(ChunkReader chunks, int tag, int bits, int sampleBytes) {
        if (tag == PCM && sampleBytes >= 1 && sampleBytes <= 4) {
            return sampleBytes == 1 ? Encoding.UNSIGNED : Encoding.SIGNED;
        }
        if (tag == FLOAT && (sampleBytes == 4 || sampleBytes == 8)) {
            return Encoding.FLOAT;
        }
        throw chunks.unsupported("WAV samples of format " + tag + " with " + bits + " bits",
                "PCM of 8, 16, 24 or 32 bits or float of 32 or 64");
    }
}
