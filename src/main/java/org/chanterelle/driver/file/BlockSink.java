package org.chanterelle.driver.file;

import org.chanterelle.signal.TimedMidi;

/** Takes what a {@link FileDriver} makes, block by block, on the driver's thread. */
public interface BlockSink {
    /** The next frames. The arrays are used again after the call, and may be longer. */
    void accept(float[] left, float[] right, int frames);

    /** A MIDI message that the process sent. */
    default void midi(TimedMidi message) {}
}
