package org.chanterelle.driver.javasound;

/** An open line of a sound card, in or out. Frames are little-endian PCM. */
interface SoundLine extends AutoCloseable {
    /** The device's name. */
    String name();

    /** How its bytes are read. */
    PcmCodec codec();

    /** Frames a second. */
    int sampleRateHz();

    /** Frames in its buffer. */
    int bufferFrames();

    /** Frames that can be read or written now without waiting. */
    int availableFrames();

    /** Begins to run. */
    void start();

    /** Reads or writes that many bytes, waiting as long as it takes. Returns how many: fewer when the line is gone. */
    int transfer(byte[] bytes, int count);

    @Override
    void close();
}
