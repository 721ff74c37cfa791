package org.chanterelle.driver.jack;

import java.util.concurrent.atomic.AtomicInteger;

/** What was thrown in libjack's callbacks, kept until somebody asks. */
final class Failures {
    private final AtomicInteger count = new AtomicInteger();
    private volatile Throwable latest;

    /** From any thread; takes no lock. */
    void add(Throwable thrown) {
        latest = thrown;
        count.incrementAndGet();
    }

    /** One line about what came since the last call, or null. */
    String takeLine() {
        int times = count.getAndSet(0);
        Throwable thrown = latest;
        if (times == 0) {
            return null;
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return "a JACK callback failed " + times + (times == 1 ? " time" : " times") + ", the sound was silent meanwhile: "
                + thrown
                + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
