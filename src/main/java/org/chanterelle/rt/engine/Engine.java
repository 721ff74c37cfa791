package org.chanterelle.rt.engine;

import org.chanterelle.signal.RealTime;

/** A source of mono sound on the audio thread. One thread at a time. */
public interface Engine {
    /**
     * Gets ready for a device and resets. Allocates: not on the audio thread.
     *
     * @param sampleRateHz device rate
     * @param maxFrames expected length of the longest block; a longer one is still rendered
     */
    void prepare(double sampleRateHz, int maxFrames);

    /** Starts again: what follows is the same as after {@link #prepare}. */
    @RealTime
    void reset();

    /** Writes the next {@code frames} frames to {@code out} from {@code offset} on. */
    @RealTime
    void render(float[] out, int offset, int frames);

    /** Time from a control to its sound, a constant once prepared. */
    double latencySeconds();
}
