package org.chanterelle.driver.jack;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.chanterelle.driver.Driver;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.signal.UserError;

/**
 * Plays at a JACK server, and waits for it when it goes away: then it is back under the same name, with its ports and connections, also
 * at another rate.
 */
public final class JackDriver implements Driver {
    private static final long LOOK_AGAIN_NS = 100_000_000;

    /** The callback waits for safepoints, and the worker too; see decision 117. */
    private static final int SAFEPOINTS_BELOW = 1;

    private static final int WORKER_BELOW = 2;

    private final JackSettings settings;
    private final Failures failures = new Failures();
    private final ConcurrentLinkedQueue<String> news = new ConcurrentLinkedQueue<>();
    private final JackConnections connections = new JackConnections();

    /** Held while {@link #client} is used or replaced. */
    private final Object clientLock = new Object();
    private JackClient client;

    private Arena arena;
    private JackCycle cycle;
    private JackDevice device;
    private JackCallbacks callbacks;
    private Thread watcher;
    private volatile String clientName;
    private volatile boolean running;
    private volatile int priority;

    /** Nothing happens before {@link #start}. */
    public JackDriver(JackSettings settings) {
        this.settings = settings;
        clientName = settings.clientName();
    }

    /**
     * Whether a JACK server is there to play at; none is started, and a missing libjack is no error.
     *
     * @param server its name, or null for the default one
     */
    public static boolean serverAnswers(String server) {
        return JackServer.answers(server);
    }

    /** @throws UserError when libjack is missing, or the server does not answer or refuses */
    @Override
    public void start(AudioProcess process) {
        if (arena != null) {
            throw new IllegalStateException("a JACK driver starts once");
        }
        client = JackClient.open(clientName, settings.server());
        arena = Arena.ofShared();
        try {
            cycle = new JackCycle(arena, settings.followTransport(), failures);
            watcher = Thread.ofPlatform().daemon().name("jack-watcher").unstarted(this::watch);
            device = new JackDevice(process, cycle, () -> LockSupport.unpark(watcher));
            callbacks = new JackCallbacks(arena, cycle, device, failures);
            callbacks.rehearse(client.ports(), client.bufferFrames());
            begin(client);
            if (settings.connect()) {
                client.connectPhysical();
            }
        } catch (RuntimeException e) {
            if (callbacks != null) {
                callbacks.end(true);
            }
            client.close(true);
            arena.close();
            throw e;
        }
        running = true;
        watcher.start();
    }

    private void begin(JackClient opened) {
        clientName = opened.name();
        cycle.use(opened.ports());
        device.use(opened);
        callbacks.register(opened.ports().client());
        opened.activate();
        // Each of JACK2's threads has been in our code once before a client may be closed.
        opened.recomputeLatencies();
        priority = opened.realTimePriority();
        if (priority > SAFEPOINTS_BELOW) {
            ThreadPriority.safepointThread().ifPresent(thread -> ThreadPriority.raise(thread, priority - SAFEPOINTS_BELOW));
        }
    }

    @Override
    public void hurryCaller() {
        if (priority > WORKER_BELOW) {
            ThreadPriority.raise(ThreadPriority.CALLER, priority - WORKER_BELOW);
        }
    }

    private void watch() {
        long lookedAt = System.nanoTime();
        while (running) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            if (device.goneBecause() != null) {
                comeBack();
                continue;
            }
            synchronized (clientLock) {
                device.tellLatencyIfDue();
                if (System.nanoTime() - lookedAt >= LOOK_AGAIN_NS) {
                    lookedAt = System.nanoTime();
                    look();
                }
            }
        }
    }

    private void look() {
        List<String> pulled = connections.look(client);
        if (!pulled.isEmpty() && device.goneBecause() == null) {
            cycle.midi().askForRelease();
            news.add("JACK: " + String.join(", ", pulled) + " is no longer connected to midi_in; its notes are released");
        }
        connections.restore(client);
    }

    private void comeBack() {
        String reason = device.goneBecause();
        news.add("JACK: the server went away" + (reason.isBlank() ? "" : " (" + reason.strip() + ")") + "; waiting for it");
        connections.remember();
        synchronized (clientLock) {
            end(false);
        }
        while (running && !reopened()) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    private void end(boolean serverAlive) {
        callbacks.end(serverAlive);
        client.close(serverAlive);
        client = null;
    }

    private boolean reopened() {
        JackClient opened;
        try {
            opened = JackClient.open(clientName, settings.server());
        } catch (UserError e) {
            return false;
        }
        try {
            begin(opened);
        } catch (UserError e) {
            callbacks.end(false);
            opened.close(false);
            return false;
        }
        synchronized (clientLock) {
            client = opened;
            connections.restore(client);
        }
        news.add("JACK: the server is back, " + device.sampleRateHz() + " Hz, " + device.bufferFrames() + " frames; playing as "
                + clientName);
        return true;
    }

    @Override
    public double sampleRateHz() {
        return device.sampleRateHz();
    }

    @Override
    public int blockFrames() {
        return device.bufferFrames();
    }

    @Override
    public String name() {
        return "jack:" + clientName;
    }

    @Override
    public void latencyChanged() {
        synchronized (clientLock) {
            if (client != null && device.goneBecause() == null) {
                device.latencyChanged();
                client.recomputeLatencies();
            }
        }
    }

    @Override
    public List<String> news() {
        List<String> lines = new ArrayList<>();
        for (String line = news.poll(); line != null; line = news.poll()) {
            lines.add(line);
        }
        String failed = failures.takeLine();
        if (failed != null) {
            lines.add(failed);
        }
        return lines;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Per cent of a cycle that all clients together need, by the server's estimate; 0 while there is none. */
    public double loadPercent() {
        synchronized (clientLock) {
            return client == null || device.goneBecause() != null ? 0 : client.loadPercent();
        }
    }

    /** Incoming messages that were ignored because they were not channel messages: system exclusive, clock. */
    public long ignoredMidiMessages() {
        return cycle.midi().ignored();
    }

    /** Outgoing messages that JACK had no room for. */
    public long lostMidiMessages() {
        return cycle.midi().lost();
    }

    @Override
    public void close() {
        if (!running) {
            return;
        }
        running = false;
        LockSupport.unpark(watcher);
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (clientLock) {
            if (client != null) {
                end(device.goneBecause() == null);
            }
        }
        arena.close();
    }
}
