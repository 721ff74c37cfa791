package org.chanterelle.live;

import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.signal.RealTime;

/** Hears the microphone of any driver and plays nothing: for calibration. */
public final class Listener implements AudioProcess {
    private static final int QUEUE_FRAMES = 1 << 17;

    private final SoundQueue queue = new SoundQueue(QUEUE_FRAMES);
    private volatile double sampleRateHz;
    private volatile long dropped;

    @Override
    public void prepare(double newSampleRateHz, int maxFrames) {
        sampleRateHz = newSampleRateHz;
    }

    @Override
    @RealTime
    public void process(AudioBlock block) {
        if (!queue.offer(block.in, block.in, block.frames)) {
            dropped = dropped + block.frames;
        }
        for (int i = 0; i < block.frames; i++) {
            block.left[i] = 0f;
            block.right[i] = 0f;
        }
    }

    @Override
    public void processInStep(AudioBlock block) {
        process(block);
    }

    @Override
    public void xrun() {}

    @Override
    public int minLatencyFrames() {
        return 0;
    }

    @Override
    public int maxLatencyFrames() {
        return 0;
    }

    /** Rate of the device; 0 before it is prepared. */
    public double sampleRateHz() {
        return sampleRateHz;
    }

    /** Takes out what was heard: mono, at most {@code into.length} frames; returns how many. On one other thread. */
    public int take(float[] into) {
        return queue.take(into.length, (left, right, offset, frames) -> System.arraycopy(left, offset, into, 0, frames));
    }

    /** Frames for which there was no room. */
    public long droppedFrames() {
        return dropped;
    }
}
