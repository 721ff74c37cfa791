package org.chanterelle.audiofile;

import java.nio.ByteOrder;

/**
 * Where and how a file holds uncompressed samples.
 *
 * @param info the checked header
 * @param encoding of one sample
 * @param bytesPerSample 1, 2, 3, 4, or 8 for float
 * @param order of the bytes of a sample
 * @param offsetBytes of the first frame in the file
 */
record PcmLayout(AudioInfo info, Encoding encoding, int bytesPerSample, ByteOrder order, long offsetBytes) {
    enum Encoding {
        SIGNED,
        /** Only with one byte a sample. */
        UNSIGNED,
        FLOAT
    }

    int bytesPerFrame() {
        return bytesPerSample * info.channels();
    }
}
