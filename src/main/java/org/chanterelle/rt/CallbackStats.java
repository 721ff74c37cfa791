package org.chanterelle.rt;

import java.util.concurrent.atomic.AtomicLongArray;
import org.chanterelle.signal.RealTime;

/** How long callbacks took: written by the audio thread, read by any. Steps of 2 % from 1 µs to 1 s. */
public final class CallbackStats {
    private static final double STEP = Math.log(1.02);
    private static final int STEPS = 700;
    private static final double NANOS_PER_MICRO = 1e3;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS);
    private volatile long maxNanos;
    private volatile long overruns;
    private volatile long blocks;
    private volatile long threadId;

    /** Adds one callback of {@code nanos}, which had {@code availableNanos}. */
    @RealTime
    public void add(long nanos, double availableNanos) {
        int step = (int) (Math.log(Math.max(1.0, nanos / NANOS_PER_MICRO)) / STEP);
        int at = Math.min(STEPS - 1, step);
        counts.setOpaque(at, counts.getOpaque(at) + 1);
        maxNanos = Math.max(maxNanos, nanos);
        if (nanos > availableNanos) {
            overruns = overruns + 1;
        }
        blocks = blocks + 1;
    }

    /** Remembers the calling thread as the one that runs callbacks. */
    @RealTime
    void mark(long id) {
        threadId = id;
    }

    /** Starts anew, as far as another thread can. */
    public void clear() {
        for (int i = 0; i < STEPS; i++) {
            counts.setOpaque(i, 0);
        }
        maxNanos = 0;
        overruns = 0;
        blocks = 0;
    }

    /** Duration in µs that a share of the callbacks, 0 to 1, stayed within; 0 without any. */
    public double micros(double share) {
        long total = 0;
        for (int i = 0; i < STEPS; i++) {
            total += counts.getOpaque(i);
        }
        long below = 0;
        for (int i = 0; i < STEPS; i++) {
            below += counts.getOpaque(i);
            if (total > 0 && below >= Math.ceil(share * total)) {
                return Math.min(Math.exp((i + 1) * STEP), maxMicros());
            }
        }
        return 0;
    }

    /** Longest duration in µs. */
    public double maxMicros() {
        return maxNanos / NANOS_PER_MICRO;
    }

    /** Callbacks that took longer than their block lasts. */
    public long overruns() {
        return overruns;
    }

    /** Callbacks. */
    public long blocks() {
        return blocks;
    }

    /** The thread that runs callbacks; 0 before the first. */
    public long threadId() {
        return threadId;
    }
}
