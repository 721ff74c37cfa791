package org.chanterelle.audiofile;

import java.io.Closeable;
import java.io.IOException;

/** An open audio file, decoded block by block from its beginning. */
sealed interface AudioDecoder extends Closeable permits PcmDecoder, FlacDecoder, VorbisDecoder {
    /** What the header told. */
    AudioInfo info();

    /**
     * Decodes the next block. Returns it, shape (channels, at least {@link #blockFrames}), or null at the end. The arrays are used again
     * for the block after.
     */
    float[][] next() throws IOException;

    /** Frames in the block that {@link #next} last returned. */
    int blockFrames();
}
