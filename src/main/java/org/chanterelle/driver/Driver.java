package org.chanterelle.driver;

import org.chanterelle.rt.AudioProcess;

/** A source and destination of sound and MIDI. Controlled from one thread; calls its process from its own. */
public interface Driver extends AutoCloseable {
    /**
     * Opens the device, prepares the process and calls it from then on.
     *
     * @throws org.chanterelle.signal.UserError when the device cannot be had: what is missing and what to do
     */
    void start(AudioProcess process);

    /** Device rate; valid after {@link #start}. */
    double sampleRateHz();

    /** Frames in a block at present. */
    int blockFrames();

    /** Name to show, such as {@code jack:chanterelle}. */
    String name();

    /** The process's latencies have changed; tells whoever wants to know. */
    void latencyChanged();

    /**
     * Has the calling thread go before all but the callback, where the device calls back in real time: for the thread that computes what the
     * callback needs. After {@link #start}.
     */
    default void hurryCaller() {}

    /** What happened since the last call that a user should know, one line each: the server went away, came back, a port vanished. */
    java.util.List<String> news();

    /** Whether it will call the process again: false when a file has ended. */
    boolean isRunning();

    /** Stops calling the process, and closes the device. */
    @Override
    void close();
}
