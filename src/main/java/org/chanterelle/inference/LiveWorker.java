package org.chanterelle.inference;

import com.lmax.disruptor.EventPoller;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.chanterelle.rt.CallbackStats;
import org.chanterelle.rt.InputMessage;
import org.chanterelle.rt.Rings;

/**
 * The analysis and inference thread: takes what the audio thread sends and hands it to the patches' players. Runs as a thread, or in
 * step, called by whoever processes blocks without haste; both do the same.
 */
public final class LiveWorker implements Runnable {
    private static final int MAX_PLAYERS = 8;
    private static final long IDLE_NANOS = 100_000;

    private final Rings.Input input;
    private final BooleanSupplier inStep;
    private final EventPoller.Handler<InputMessage> handler = this::take;
    private final ConcurrentLinkedQueue<PatchPlayer> arriving = new ConcurrentLinkedQueue<>();
    private final PatchPlayer[] players = new PatchPlayer[MAX_PLAYERS];
    private final CallbackStats stats = new CallbackStats();
    private int newest;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /**
     * A worker for one input ring.
     *
     * @param inStep whether {@link #drain} is called by who processes blocks: then the thread rests
     */
    public LiveWorker(Rings.Input input, BooleanSupplier inStep) {
        this.input = input;
        this.inStep = inStep;
    }

    /** Takes another player in; the oldest of more than eight leaves. Before its patch begins to send. */
    public void add(PatchPlayer player) {
        arriving.add(player);
    }

    /** Handles all that has been sent. */
    public synchronized void drain() {
        PatchPlayer player = arriving.poll();
        while (player != null) {
            players[newest++ % MAX_PLAYERS] = player;
            player = arriving.poll();
        }
        try {
            do {
                EventPoller.PollState state = EventPoller.PollState.PROCESSING;
                while (state == EventPoller.PollState.PROCESSING) {
                    state = input.poller().poll(handler);
                }
            } while (advance());
        } catch (Exception impossible) {
            // Our handler throws nothing checked; the interface says it might.
            throw new IllegalStateException(impossible);
        }
    }

    /** Drains until {@link #stop}. */
    @Override
    public void run() {
        try {
            while (!stopped) {
                if (!inStep.getAsBoolean()) {
                    drain();
                }
                LockSupport.parkNanos(IDLE_NANOS);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Ends the thread soon. */
    public void stop() {
        stopped = true;
    }

    /** Why the thread ended by itself; null while it has not. */
    public Throwable failure() {
        return failure;
    }

    /** How long steps took: one message's work, if it had any. */
    public CallbackStats stats() {
        return stats;
    }

    private boolean advance() {
        boolean any = false;
        for (PatchPlayer player : players) {
            long start = System.nanoTime();
            if (player != null && player.advance()) {
                any = true;
                stats.add(System.nanoTime() - start, Double.MAX_VALUE);
            }
        }
        return any;
    }

    private boolean take(InputMessage message, long sequence, boolean endOfBatch) {
        long start = System.nanoTime();
        for (PatchPlayer player : players) {
            if (player != null && player.id() == message.patch) {
                player.accept(message);
            }
        }
        if (message.kind == InputMessage.Kind.TICK || message.kind == InputMessage.Kind.AUDIO) {
            stats.add(System.nanoTime() - start, Double.MAX_VALUE);
        }
        return true;
    }
}
