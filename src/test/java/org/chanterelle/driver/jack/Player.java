package org.chanterelle.driver.jack;

import java.util.concurrent.atomic.AtomicInteger;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;

/** A process for tests: does one thing with each block, and remembers how it was called. */
final class Player implements AudioProcess {
    interface Body {
        void play(AudioBlock block);
    }

    final AtomicInteger blocks = new AtomicInteger();
    final AtomicInteger blocksInStep = new AtomicInteger();
    final AtomicInteger preparations = new AtomicInteger();
    final AtomicInteger xruns = new AtomicInteger();
    volatile double sampleRateHz;
    volatile int maxFrames;
    volatile int longestBlock;
    volatile int latestBlock;
    volatile boolean overlapped;
    volatile int minLatencyFrames;
    volatile int maxLatencyFrames;
    private volatile boolean busy;
    private final Body body;

    Player(Body body) {
        this.body = body;
    }

    /** Input to both outputs. */
    static Player wire() {
        return new Player(block -> {
            System.arraycopy(block.in, 0, block.left, 0, block.frames);
            System.arraycopy(block.in, 0, block.right, 0, block.frames);
            for (int i = 0; i < block.midiIn.count(); i++) {
                block.midiOut.add(block.midiIn.frame(i), block.midiIn.status(i), block.midiIn.data1(i), block.midiIn.data2(i));
            }
        });
    }

    /** The frame's number, modulo 2^20, exactly; on the right its negative. */
    static Player ramp() {
        return new Player(block -> {
            for (int i = 0; i < block.frames; i++) {
                block.left[i] = rampAt(block.frameTime + i);
                block.right[i] = -block.left[i];
            }
        });
    }

    static float rampAt(long frameTime) {
        return 1 + (frameTime & 0xfffff);
    }

    @Override
    public void prepare(double rateHz, int frames) {
        enter();
        sampleRateHz = rateHz;
        maxFrames = frames;
        preparations.incrementAndGet();
        busy = false;
    }

    @Override
    public void process(AudioBlock block) {
        enter();
        longestBlock = Math.max(longestBlock, block.frames);
        latestBlock = block.frames;
        try {
            body.play(block);
        } finally {
            blocks.incrementAndGet();
            busy = false;
        }
    }

    private void enter() {
        overlapped |= busy;
        busy = true;
    }

    @Override
    public void processInStep(AudioBlock block) {
        process(block);
        blocksInStep.incrementAndGet();
    }

    @Override
    public void xrun() {
        xruns.incrementAndGet();
    }

    @Override
    public int minLatencyFrames() {
        return minLatencyFrames;
    }

    @Override
    public int maxLatencyFrames() {
        return maxLatencyFrames;
    }

    /** Waits until so many more blocks have been played. */
    void awaitBlocks(int more) {
        int target = blocks.get() + more;
        DummyServer.await(() -> blocks.get() - target >= 0);
    }
}
