package org.chanterelle.driver.javasound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.chanterelle.driver.Driver;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.signal.UserError;

/**
 * A sound card by javax.sound: one channel in, if there is an input, two out. No MIDI of its own ({@link JavaSoundMidi} brings it). When
 * the card goes away it waits for it. The process's latencies do not contain the card's buffers, which {@link #news} tells at the start.
 */
public final class JavaSoundDriver implements Driver {
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final long CLOSE_MS = 20;

    private final JavaSoundSettings settings;
    private final SoundLines lines;
    private final long retryNanos;
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "javasound-driver");

    private AudioProcess process;
    private AudioBlock block;
    private boolean failed;
    private volatile Duplex duplex;
    private volatile String deviceName = "closed";
    private volatile int sampleRateHz;
    private volatile boolean closed;

    /** A driver that is not started. */
    public JavaSoundDriver(JavaSoundSettings settings) {
        this(settings, new SystemLines(), RETRY_NANOS);
    }

    JavaSoundDriver(JavaSoundSettings settings, SoundLines lines, long retryNanos) {
        this.settings = settings;
        this.lines = lines;
        this.retryNanos = retryNanos;
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.setDaemon(true);
    }

    @Override
    public void start(AudioProcess toCall) {
        process = toCall;
        block = new AudioBlock(settings.blockFrames());
        block.frames = settings.blockFrames();
        open();
        if (!duplex.hasInput()) {
            news.add("javasound: no sound input: nothing to sing into. Connect a microphone, or play by MIDI");
        }
        thread.start();
    }

    private void open() {
        duplex = Duplex.open(lines, settings);
        SoundLine out = duplex.playback();
        deviceName = out.name();
        sampleRateHz = out.sampleRateHz();
        process.prepare(sampleRateHz, settings.blockFrames());
        news.add(String.format(Locale.ROOT,
                "javasound: %s at %d Hz, %d bits; its buffers add up to %.1f ms to the latency", deviceName, sampleRateHz,
                out.codec().bits(), 1000.0 * duplex.bufferFrames() / sampleRateHz));
    }

    private void run() {
        while (!closed) {
            try {
                cycle();
            } catch (Duplex.LineLost e) {
                if (!closed) {
                    reopen();
                }
            }
        }
        duplex.close();
    }

    private void cycle() throws Duplex.LineLost {
        block.midiIn.clear();
        block.midiOut.clear();
        if (duplex.receive(block)) {
            process.xrun();
        }
        call();
        block.frameTime += block.frames;
        duplex.send(block);
    }

    /** A process that fails is silent, and is told once; the card keeps its time. */
    private void call() {
        try {
            process.process(block);
        } catch (RuntimeException | Error e) {
            Arrays.fill(block.left, 0f);
            Arrays.fill(block.right, 0f);
            if (!failed) {
                failed = true;
                news.add("javasound: the sound failed: " + e);
            }
        }
    }

    private void reopen() {
        news.add("javasound: " + deviceName + " went away. Waiting for it to come back");
        duplex.close();
        while (!closed) {
            LockSupport.parkNanos(retryNanos);
            try {
                open();
                return;
            } catch (UserError e) {
                // Still away: the next second may bring it.
                continue;
            }
        }
    }

    @Override
    public double sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public int blockFrames() {
        return settings.blockFrames();
    }

    @Override
    public String name() {
        return "javasound:" + deviceName;
    }

    /** Nobody asks: javax.sound has no latency to tell. */
    @Override
    public void latencyChanged() {}

    @Override
    public List<String> news() {
        List<String> told = new ArrayList<>();
        for (String line = news.poll(); line != null; line = news.poll()) {
            told.add(line);
        }
        return told;
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive() && !closed;
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            // A thread that waits in a line wakes when the line is closed.
            duplex.close();
            try {
                thread.join(CLOSE_MS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
