package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.HarmonicNoiseEngine;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.signal.SynthControls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes allocated by the audio thread, by the virtual machine's own count. */
class AllocationTest {
    private static final int BLOCKS = 5_000;

    /** Vector code allocates until it is compiled, and compiling waits for its turn on a busy machine. */
    private static final int WARM_UP_ROUNDS = 60;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(ints = {64, 256})
    void aSoundingVoiceAllocatesNothing(int blockFrames) {
        Voice voice = new Voice();
        assertThat(allocatedOnceWarm(() -> voice.play(blockFrames))).isZero();
    }

    @Test
    void messagesFromOutsideAllocateNothing() {
        MidiInbox inbox = new MidiInbox();
        MidiBuffer block = new MidiBuffer(AudioBlock.MIDI_CAPACITY);
        assertThat(allocatedOnceWarm(() -> {
            inbox.offer(500, 0x90, 60, 1);
            inbox.offer(400, 0x80, 60, 1);
            inbox.releaseAll();
            block.clear();
            inbox.drainTo(block, 64, 48_000, 1000);
        })).isZero();
        assertThat(block.count()).isEqualTo(34);
    }

    @Test
    void theProbeSeesASingleSmallObject() {
        Object[] keep = new Object[1];
        int[] block = new int[1];
        long bytes = allocatedOnceWarm(() -> {
            if (block[0]++ % BLOCKS == 0) {
                keep[0] = new float[1];
            }
        });
        assertThat(keep[0]).isNotNull();
        assertThat(bytes).isBetween(16L, 64L);
    }

    /** Bytes in a round of blocks: the first round that allocates nothing, or the last. */
    private static long allocatedOnceWarm(Runnable block) {
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < WARM_UP_ROUNDS && bytes > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BLOCKS; i++) {
                block.run();
            }
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
    }

    /** Notes of changing pitch, with pauses and late controls, through noise, room and limiter. */
    private static final class Voice {
        private final HarmonicNoiseEngine engine = new HarmonicNoiseEngine(new HarmonicNoiseConfig(100, 65, 16_000, 250, 1));
        private final Output output = new Output(48_000, impulse(), 10);
        private final SynthControls controls = new SynthControls(100, 65);
        private final float[] audio = new float[256];
        private int frame;

        Voice() {
            engine.prepare(48_000, 256);
            for (int k = 0; k < 100; k++) {
                controls.harmonicDistribution[k] = 0.01f;
            }
        }

        private static float[] impulse() {
            float[] impulse = new float[4_800];
            for (int n = 0; n < impulse.length; n++) {
                impulse[n] = 0.01f * (n % 7 - 3);
            }
            return impulse;
        }

        void play(int blockFrames) {
            int done = 0;
            while (done < blockFrames) {
                if (engine.framesToNextControl() == 0 && frame++ % 50 != 0) {
                    controls.f0Hz = 60 + frame * 7 % 3000;
                    controls.amplitude = frame / 40 % 2;
                    controls.noiseMagnitudes[frame % 65] = frame / 30 % 2 * 0.001f;
                    engine.push(controls);
                }
                int due = engine.framesToNextControl();
                int count = due == 0 ? blockFrames - done : Math.min(due, blockFrames - done);
                engine.render(audio, done, count);
                done += count;
            }
            output.setGain(frame / 100 % 2 == 0 ? 3f : 0.5f);
            output.process(audio, 0, blockFrames);
        }
    }
}
