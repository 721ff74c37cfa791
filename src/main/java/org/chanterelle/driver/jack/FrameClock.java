package org.chanterelle.driver.jack;

import org.chanterelle.signal.RealTime;

/** The server's 32-bit clock as one that never wraps around and never goes back, not even when another server takes over. */
final class FrameClock {
    private long now;
    private int lastTime;
    private int lastFrames;
    private boolean started;

    /**
     * A new cycle.
     *
     * @param time the server's clock
     * @param frames length of the cycle
     */
    @RealTime
    void advance(int time, int frames) {
        if (started) {
            int step = time - lastTime;
            now += step > 0 ? step : lastFrames;
        } else {
            now = Math.max(now + lastFrames, time & 0xffff_ffffL);
            started = true;
        }
        lastTime = time;
        lastFrames = frames;
    }

    /** The server's clock will begin anew. */
    void restart() {
        started = false;
    }

    /** Frames at the cycle's first. */
    @RealTime
    long now() {
        return now;
    }
}
