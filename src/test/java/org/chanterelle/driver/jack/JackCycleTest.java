package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The callback, called by hand on the ports of a client that is not active. */
class JackCycleTest {
    private static final int FRAMES = 128;
    private static DummyServer server;
    private static JackClient client;

    private final Failures failures = new Failures();
    private final JackCycle cycle = new JackCycle(Arena.ofAuto(), false, failures);

    @BeforeAll
    static void openClient() {
        server = new DummyServer(48_000, FRAMES);
        client = JackClient.open("cycle", server.name);
    }

    @AfterAll
    static void closeAll() {
        client.close(true);
        server.close();
    }

    private static float[] output(long port) throws Throwable {
        float[] samples = new float[FRAMES];
        long buffer = JackRealTime.portBuffer(port, FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            samples[i] = JackLibrary.MEMORY.get(JAVA_FLOAT, buffer + 4L * i);
        }
        return samples;
    }

    @Test
    void aCycleLongerThanPreparedIsPlayedInParts() throws Throwable {
        List<Long> parts = new ArrayList<>();
        cycle.use(client.ports());
        cycle.play(new Player(block -> {
            parts.add(block.frameTime);
            parts.add((long) block.frames);
            for (int i = 0; i < block.frames; i++) {
                block.left[i] = parts.size() * 1000 + i;
            }
            block.midiOut.add(block.frames - 1, 0x90, 60, 1);
        }), 48_000, 50);
        assertThat(cycle.process(FRAMES)).isZero();
        long start = parts.getFirst();
        assertThat(parts).containsExactly(start, 50L, start + 50, 50L, start + 100, 28L);
        float[] left = output(client.ports().left());
        assertThat(left[0]).isEqualTo(2000);
        assertThat(left[49]).isEqualTo(2049);
        assertThat(left[50]).isEqualTo(4000);
        assertThat(left[127]).isEqualTo(6027);
        assertThat(JackRealTime.eventCount(JackRealTime.portBuffer(client.ports().midiOut(), FRAMES))).isEqualTo(3);
        assertThat(failures.takeLine()).isNull();
    }

    @Test
    void isSilentWhilePreparationIsUnderWay() throws Throwable {
        Player loud = new Player(block -> Arrays.fill(block.left, 1f));
        CountDownLatch preparing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        cycle.use(client.ports());
        cycle.play(loud, 48_000, FRAMES);
        cycle.process(FRAMES);
        assertThat(output(client.ports().left())).containsOnly(1f);
        Thread preparation = Thread.ofPlatform().start(() -> cycle.play(slow(loud, preparing, mayEnd), 48_000, FRAMES));
        preparing.await();
        cycle.process(FRAMES);
        assertThat(output(client.ports().left())).containsOnly(0f);
        assertThat(loud.blocks).hasValue(1);
        mayEnd.countDown();
        preparation.join();
        cycle.process(FRAMES);
        assertThat(output(client.ports().left())).containsOnly(1f);
    }

    /** A player whose preparation lasts until it may end. */
    private static AudioProcess slow(Player player, CountDownLatch preparing, CountDownLatch mayEnd) {
        return new AudioProcess() {
            @Override
            public void prepare(double sampleRateHz, int maxFrames) {
                preparing.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void process(AudioBlock block) {
                player.process(block);
            }

            @Override
            public void processInStep(AudioBlock block) {
                player.processInStep(block);
            }

            @Override
            public void xrun() {
                player.xrun();
            }

            @Override
            public int minLatencyFrames() {
                return 0;
            }

            @Override
            public int maxLatencyFrames() {
                return 0;
            }
        };
    }
}
