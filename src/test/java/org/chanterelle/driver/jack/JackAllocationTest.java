package org.chanterelle.driver.jack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.chanterelle.rt.AudioBlock;
import org.junit.jupiter.api.Test;

/** Bytes allocated by libjack's own thread, from one block to the next, by the virtual machine's count. */
class JackAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUND = 500;

    /** The way here and back may allocate until it is compiled, which waits for its turn on a busy machine. */
    private static final int ROUNDS = 20;

    @Test
    void aCallbackAllocatesNothing() {
        assertThat(bytesOfARound(0)).isZero();
    }

    @Test
    void theProbeSeesAnObjectInEachBlock() {
        assertThat(bytesOfARound(1)).isBetween(16L * ROUND, 64L * ROUND);
    }

    /** With sound and MIDI both ways: the first round that is free of it, or the last. */
    private static long bytesOfARound(int objectsPerBlock) {
        Counter counter = new Counter(objectsPerBlock);
        Player player = new Player(counter::play);
        try (DummyServer server = new DummyServer(48_000, 64);
                JackDriver source = new JackDriver(server.settings("source"));
                JackDriver driver = new JackDriver(server.settings("meter"));
                Patchbay patchbay = new Patchbay(server)) {
            source.start(new Player(block -> block.midiOut.add(block.frames / 2, 0x90, 60, (int) block.frameTime & 0x7f)));
            driver.start(player);
            patchbay.connect("source:out_l", "meter:in_1");
            patchbay.connect("source:midi_out", "meter:midi_in");
            DummyServer.await(() -> counter.received > 0);
            counter.bytes.set(-1);
            DummyServer.await(() -> counter.rounds >= ROUNDS || counter.bytes.get() == 0);
            return counter.bytes.get();
        }
    }

    /** The audio thread's counting. */
    private static final class Counter {
        final AtomicLong bytes = new AtomicLong(-1);
        volatile long received;
        volatile int rounds;
        private final int objectsPerBlock;
        private Object kept;
        private long before;
        private int blocks;

        Counter(int objectsPerBlock) {
            this.objectsPerBlock = objectsPerBlock;
        }

        void play(AudioBlock block) {
            if (blocks++ % ROUND == 0) {
                long now = THREADS.getCurrentThreadAllocatedBytes();
                if (blocks > 1 && bytes.get() != 0) {
                    bytes.set(now - before);
                    rounds++;
                }
                before = now;
            }
            for (int i = 0; i < objectsPerBlock; i++) {
                kept = new float[1];
            }
            System.arraycopy(block.in, 0, block.right, 0, block.frames);
            block.left[0] = kept == null ? 1 : 2;
            received += block.midiIn.count();
            block.midiOut.add(3, 0x90, 60, blocks & 0x7f);
            block.midiOut.add(5, 0xd0, 60, 0);
        }
    }
}
