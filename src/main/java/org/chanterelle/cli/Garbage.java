package org.chanterelle.cli;

import java.util.concurrent.locks.LockSupport;

/**
 * Makes garbage while something plays, to show that collections are not heard: {@code -Dchanterelle.garbage=300} makes 300 MB a second.
 * For measurements.
 */
final class Garbage {
    private static final String PROPERTY = "chanterelle.garbage";
    private static final int CHUNK_BYTES = 1 << 14;
    private static final int KEPT = 4096;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final double BYTES_PER_NANO = 1e6 / 1e9;

    private final byte[][] kept = new byte[KEPT][];

    private Garbage() {}

    /** Starts to make as much as the property says; nothing without it. */
    static void startIfWanted() {
        int megabytes = Integer.getInteger(PROPERTY, 0);
        if (megabytes > 0) {
            Thread thread = new Thread(() -> new Garbage().make(megabytes), "garbage");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void make(int megabytesPerSecond) {
        long start = System.nanoTime();
        long made = 0;
        while (!Thread.currentThread().isInterrupted()) {
            double due = (System.nanoTime() - start) * BYTES_PER_NANO * megabytesPerSecond;
            while (made < due) {
                kept[(int) (made / CHUNK_BYTES % KEPT)] = new byte[CHUNK_BYTES];
                made += CHUNK_BYTES;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
