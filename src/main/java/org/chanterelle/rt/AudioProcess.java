package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** What a driver calls. The driver makes sure that no two of these calls overlap, except for the latencies. */
public interface AudioProcess {
    /**
     * Before the first block, and again when the device changes. Never during {@link #process}; may allocate and take its time.
     *
     * @param sampleRateHz device rate
     * @param maxFrames length of the longest block to come
     */
    void prepare(double sampleRateHz, int maxFrames);

    /** Fills the outputs of a block. On the audio thread. */
    @RealTime
    void process(AudioBlock block);

    /**
     * One block while nobody listens and time may be taken: inference runs in step and nothing is late. The same sound as
     * {@link #process} makes when all is in time. Not on a real-time thread.
     */
    void processInStep(AudioBlock block);

    /** The driver lost at least one block. On any thread. */
    void xrun();

    /** Frames from an input (sound or MIDI) to the sound it makes, at least. On any thread. */
    int minLatencyFrames();

    /** The same at most. On any thread. */
    int maxLatencyFrames();
}
