package org.chanterelle.driver.jack;

import org.chanterelle.rt.AudioProcess;

/** What is known about the server at present, and the process's part in it. Told by libjack's threads, asked by ours. */
final class JackDevice implements JackEvents {
    private final AudioProcess process;
    private final JackCycle cycle;
    private final Runnable onGone;
    private volatile int sampleRateHz;
    private volatile int bufferFrames;
    private volatile JackClient client;
    private volatile String goneBecause;
    private int preparedRateHz;
    private int preparedFrames;

    /** @param onGone called when the server went away; must not wait */
    JackDevice(AudioProcess process, JackCycle cycle, Runnable onGone) {
        this.process = process;
        this.cycle = cycle;
        this.onGone = onGone;
    }

    /** Prepares for a client that is not active yet, whatever was before: notes of an earlier server end with it. */
    synchronized void use(JackClient opened) {
        goneBecause = null;
        client = opened;
        sampleRateHz = opened.sampleRateHz();
        bufferFrames = opened.bufferFrames();
        prepare();
    }

    private void prepare() {
        cycle.play(process, sampleRateHz, bufferFrames);
        preparedRateHz = sampleRateHz;
        preparedFrames = bufferFrames;
    }

    int sampleRateHz() {
        return sampleRateHz;
    }

    int bufferFrames() {
        return bufferFrames;
    }

    /** Why the server went away; null while it is there. */
    String goneBecause() {
        return goneBecause;
    }

    /** Shorter cycles need no preparation: sounding notes go on. */
    @Override
    public synchronized void bufferSize(int frames) {
        bufferFrames = frames;
        if (frames > preparedFrames) {
            prepare();
        }
    }

    @Override
    public synchronized void sampleRate(int rateHz) {
        sampleRateHz = rateHz;
        if (rateHz != preparedRateHz) {
            prepare();
        }
    }

    @Override
    public void xrun() {
        process.xrun();
    }

    @Override
    public void latency(int mode) {
        JackLatency.update(client, mode, process.minLatencyFrames(), process.maxLatencyFrames());
    }

    @Override
    public void serverGone(String reason) {
        OpenClients.serverGone(client.ports().client());
        goneBecause = reason;
        onGone.run();
    }
}
