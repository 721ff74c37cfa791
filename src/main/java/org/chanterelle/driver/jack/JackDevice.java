package org.chanterelle.driver.jack;

import java.util.concurrent.atomic.AtomicBoolean;
import org.chanterelle.rt.AudioProcess;

/** What is known about the server at present, and the process's part in it. Told by libjack's threads, asked by ours. */
final class JackDevice implements JackEvents {
    private final AudioProcess process;
    private final JackCycle cycle;
    private final Runnable wakeWatcher;
    private final AtomicBoolean latencyDue = new AtomicBoolean();
    private volatile int sampleRateHz;
    private volatile int bufferFrames;
    private volatile JackClient client;
    private volatile String goneBecause;
    private int preparedRateHz;
    private int preparedFrames;

    /** @param wakeWatcher called when there is something for the watcher to do; does not wait */
    JackDevice(AudioProcess process, JackCycle cycle, Runnable wakeWatcher) {
        this.process = process;
        this.cycle = cycle;
        this.wakeWatcher = wakeWatcher;
    }

    /** Prepares for a client that is not active yet, whatever was before: notes of an earlier server end with it. */
    synchronized void use(JackClient opened) {
        goneBecause = null;
        client = opened;
        sampleRateHz = opened.sampleRateHz();
        bufferFrames = opened.bufferFrames();
        prepare();
        latencyChanged();
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

    /**
     * JACK2 wants the answer within the callback. PipeWire 0.3.65 holds a lock meanwhile that setting a latency takes again when the
     * buffer size changes at the same moment, and never plays again: there the watcher answers.
     */
    @Override
    public void latency(int mode) {
        if (LibJack.PIPEWIRE) {
            latencyChanged();
        } else {
            tellLatency(mode);
        }
    }

    /** The process declares other latencies than before. PipeWire asks for them in time or never: there the watcher tells them. */
    void latencyChanged() {
        if (LibJack.PIPEWIRE) {
            latencyDue.set(true);
            wakeWatcher.run();
        }
    }

    /** The watcher's part in it. */
    void tellLatencyIfDue() {
        if (latencyDue.getAndSet(false)) {
            tellLatency(LibJack.CAPTURE);
            tellLatency(LibJack.PLAYBACK);
        }
    }

    private void tellLatency(int mode) {
        JackLatency.update(client, mode, process.minLatencyFrames(), process.maxLatencyFrames());
    }

    @Override
    public void serverGone(String reason) {
        OpenClients.serverGone(client.ports().client());
        goneBecause = reason;
        wakeWatcher.run();
    }
}
