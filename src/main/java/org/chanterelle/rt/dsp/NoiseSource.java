package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/** White noise, uniform in -1 to 1. */
public interface NoiseSource {
    /** Writes the next {@code frames} frames. */
    @RealTime
    void fill(float[] out, int offset, int frames);

    /** Starts the sequence again. */
    @RealTime
    void reset();

    /** Starts another sequence, if there is one. */
    @RealTime
    default void reset(long seed) {
        reset();
    }
}
