package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** An instrument ready to sound: voices, their controls ring and the room. One thread at a time, but for the latencies. */
public sealed interface Patch permits NotePatch, VoicePatch, WavePatch {
    /** Number that its messages carry. */
    int id();

    /** Takes what the worker has sent. */
    @RealTime
    void receive();

    /** A key goes down in this frame. */
    @RealTime
    void noteOn(int channel, int key, int velocity, long frameTime);

    /** A key is up, and the pedal too. */
    @RealTime
    void noteOff(int channel, int key, long frameTime);

    /** All notes of a channel end as if their keys went up; at once, but without a click, if {@code quick}. */
    @RealTime
    void allNotesOff(int channel, boolean quick, long frameTime);

    /**
     * Tells the worker what came in, and the time.
     *
     * @param frameTime frames processed before this block, by whatever patch
     */
    @RealTime
    void listen(AudioBlock block, long frameTime);

    /** Writes the next frames: voices, room, gain. */
    @RealTime
    void render(float[] out, int offset, int frames, long frameTime);

    /** Falls silent for good, in some 20 ms, the room included. */
    @RealTime
    void leave();

    /** Whether it has left and is silent. */
    @RealTime
    boolean isGone();

    /** Voices that sound. */
    @RealTime
    int voices();

    /** Control frames played since the beginning. */
    long controlFrames();

    /** Control frames that were not there when they were due. */
    long missedControls();

    /** Frames from an input to its sound, at least. */
    int minLatencyFrames();

    /** Frames from an input to its sound, at most. */
    int maxLatencyFrames();
}
