package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.chanterelle.analysis.Timing;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.LoopedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The callback allocates nothing, whatever is played, while a worker runs on a thread of its own. */
final class LiveAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BLOCK_FRAMES = 128;
    private static final int BLOCKS = 2_000;

    /** Code allocates until it is compiled, and compiling waits for its turn on a busy machine. */
    private static final int ROUNDS = 60;

    @TempDir
    Path folder;

    @Test
    void aCallbackWithSixteenVoicesAllControllersAndChangesOfInstrumentAllocatesNothing() throws InterruptedException {
        Instrument small = StageBench.small(folder.resolve("model"));
        assertThat(bytesOnceWarm(new Stage(LiveSound.ofKeys(small), 1), LiveSound.ofKeys(small), 16)).isZero();
    }

    @Test
    void aCallbackWithSixteenStreamedNotesAndChangesToABankAllocatesNothing() throws InterruptedException {
        SingFolder model = SingSounds.model(folder.resolve("notes"));
        Stage stage = new Stage(SingSounds.sound(model, Preset.Notes.STREAMING, 0), 1);
        WaveSound banked = SingSounds.sound(model, Preset.Notes.BANK, 0);
        for (int note = 0; note < banked.bank().size(); note++) {
            banked.bank().put(note, new LoopedNote(new float[10_000], 3_000, 0.9f));
        }
        assertThat(bytesOnceWarm(stage, banked, 16)).isZero();
    }

    @Test
    void aCallbackWithAMicrophoneAllocatesNothing() throws InterruptedException {
        Instrument small = StageBench.small(folder.resolve("model"));
        LiveSound voice = LiveSound.ofVoice(small, Timing.LIVE, InputCalibration.unknown(TestModels.NORMALISATION));
        assertThat(bytesOnceWarm(new Stage(voice, 1), voice, 0)).isZero();
    }

    /** Bytes that one round of blocks allocates: zero as soon as a round does, else what the last did. */
    private static long bytesOnceWarm(Stage stage, LiveSound other, int voices) throws InterruptedException {
        stage.process.prepare(48_000, BLOCK_FRAMES);
        Thread worker = new Thread(stage.worker, "worker");
        worker.start();
        AudioBlock block = new AudioBlock(BLOCK_FRAMES);
        block.frames = BLOCK_FRAMES;
        long bytes = Long.MAX_VALUE;
        int most = 0;
        for (int round = 0; round < ROUNDS && bytes > 0; round++) {
            bytes = 0;
            for (int i = 0; i < BLOCKS; i++) {
                if (i % 500 == 250) {
                    stage.change(other);
                }
                fill(block, i);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                stage.process.process(block);
                bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
                most = Math.max(most, stage.process.voices());
                if (i % 8 == 0) {
                    LockSupport.parkNanos(100_000);
                }
            }
        }
        stage.worker.stop();
        worker.join();
        assertThat(stage.worker.failure()).isNull();
        assertThat(stage.worker.stats().blocks()).isPositive();
        assertThat(most).isGreaterThanOrEqualTo(voices);
        return bytes;
    }

    private static void fill(AudioBlock block, int i) {
        block.midiIn.clear();
        block.midiOut.clear();
        int key = 48 + i * 7 % 40;
        block.midiIn.add(3, 0x90 | i % 4, key, 20 + i % 108);
        block.midiIn.add(17, 0xe0 | i % 4, i % 128, i % 128);
        block.midiIn.add(17, 0xb0 | i % 4, new int[] {1, 7, 11, 64, 74, 91, 121}[i % 7], 127 - i % 128);
        block.midiIn.add(60, 0xd0, i % 128, 0);
        if (i % 3 == 0) {
            block.midiIn.add(100, 0x80 | i % 4, key, 0);
        }
        if (i % 100 == 0) {
            block.midiIn.add(100, 0xc0, i % 128, 0);
            block.midiIn.add(101, 0xb0 | i % 4, 123, 0);
        }
        for (int n = 0; n < block.frames; n++) {
            block.in[n] = 0.2f * ((i * block.frames + n) % 200 / 100f - 1);
        }
    }
}
