package org.chanterelle.driver.jack;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.chanterelle.signal.RealTime;

/**
 * Keeps preparation and playing apart. jackd stops playing while it announces a new buffer size, PipeWire does not: then the one who
 * comes second gives way. The audio thread never waits; it is silent for the block.
 */
final class Turn {
    private static final long LOOK_AGAIN_NS = 50_000;

    private final AtomicBoolean taken = new AtomicBoolean();

    /** On the audio thread: takes the turn if it is free. */
    @RealTime
    boolean tryTake() {
        return taken.compareAndSet(false, true);
    }

    /** Ends a turn that was taken. */
    @RealTime
    void give() {
        taken.set(false);
    }

    /** Takes the turn as soon as the other has given it. Not on a real-time thread. */
    void take() {
        while (!tryTake()) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }
}
