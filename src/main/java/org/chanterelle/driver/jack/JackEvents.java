package org.chanterelle.driver.jack;

/** What libjack tells beside the cycles, each on a thread of libjack's that is not the real-time one. */
interface JackEvents {
    /** Cycles have so many frames from now on; on PipeWire perhaps since a moment ago. */
    void bufferSize(int frames);

    /** The rate changed: PipeWire only. */
    void sampleRate(int rateHz);

    /** At least one cycle was late. */
    void xrun();

    /** The ranges of the ports in this direction are due, {@link LibJack#CAPTURE} or {@link LibJack#PLAYBACK}. */
    void latency(int mode);

    /** The server ended; the client is of no more use and must not be closed here. */
    void serverGone(String reason);
}
