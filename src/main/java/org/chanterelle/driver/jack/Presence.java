package org.chanterelle.driver.jack;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.chanterelle.signal.RealTime;

/**
 * Whether libjack's threads are in our code. JACK2 cancels its threads when a client is closed, and one that is cancelled there takes the
 * virtual machine with it; see decision 136.
 */
final class Presence {
    private static final long LOOK_AGAIN_NS = 50_000;

    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean barred;

    /** On libjack's thread, first of all: whether there is anything to do. {@link #leave} follows in either case. */
    @RealTime
    boolean enter() {
        inside.incrementAndGet();
        return !barred;
    }

    @RealTime
    void leave() {
        inside.decrementAndGet();
    }

    /** Returns when no thread is inside; from now on there is nothing to do for them. Not on a real-time thread. */
    void bar() {
        barred = true;
        while (inside.get() != 0) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    /** For a new client's threads. */
    void admit() {
        barred = false;
    }
}
