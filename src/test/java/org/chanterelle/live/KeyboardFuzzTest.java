package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.chanterelle.rt.MidiStream;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes over the cable, no note stays and no sample is broken. */
final class KeyboardFuzzTest {
    private static final double RATE_HZ = 16_000;
    private static final int MAX_FRAMES = 512;
    private static final int EVENTS = 100_000;
    private static final int BYTES = 1_000_000;
    private static final int BYTES_IN_A_BLOCK = 500;

    /** Releases and the small model's room. */
    private static final double TAIL_SECONDS = 3;

    @TempDir
    static Path folder;

    private static LiveSound sound;

    private enum End {
        PANIC,
        SYSTEM_RESET,
        KEYS_AND_PEDALS_UP,
        ALL_NOTES_OFF
    }

    @BeforeAll
    static void loadsAModel() {
        sound = LiveSound.ofKeys(StageBench.small(folder.resolve("model")));
    }

    @Test
    void aHundredThousandEventsEndInSilence() {
        StageBench bench = new StageBench(sound, RATE_HZ, MAX_FRAMES);
        storm(bench, EVENTS, new Random(1));
        keysAndPedalsUp(bench);
        assertSilenceComes(bench);
        assertThat(bench.stage.input.dropped()).isZero();
    }

    @Test
    void aMillionRandomBytesEndInSilenceAfterAPanic() {
        StageBench bench = new StageBench(sound, RATE_HZ, MAX_FRAMES);
        Random random = new Random(11);
        MidiStream stream = new MidiStream();
        int messages = 0;
        for (int i = 0; i < BYTES; i++) {
            // Uniform bytes first, then more data than status bytes, so that more messages are whole.
            int next = random.nextInt(i > BYTES / 2 && random.nextBoolean() ? 128 : 256);
            if (stream.take(next)) {
                bench.send(stream.status(), stream.data1(), stream.data2());
                messages++;
            }
            if (i % BYTES_IN_A_BLOCK == 0) {
                bench.blockFrames = 1 + random.nextInt(60);
                bench.playFrames(bench.blockFrames);
            }
        }
        assertThat(messages).isGreaterThan(200_000);
        bench.blockFrames = MAX_FRAMES;
        bench.playFrames(MAX_FRAMES);
        assertThat(bench.stage.process.voices()).isPositive();
        bench.stage.process.panic();
        assertSilenceComes(bench);
        bench.send(0xff, 0, 0);
        bench.stage.values.set(Parameters.GAIN, 0);
        bench.stage.values.set(Parameters.RELEASE, 100);
        bench.send(StageBench.NOTE_ON, 69, 100);
        bench.play(0.2);
        assertThat(bench.stage.process.voices()).as("it plays on").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void everyWayToEndEndsAllNotes(long seed) {
        for (End end : End.values()) {
            StageBench bench = new StageBench(sound, RATE_HZ, MAX_FRAMES);
            storm(bench, 500, new Random(seed));
            assertThat(bench.stage.process.voices()).isPositive();
            switch (end) {
                case PANIC -> bench.stage.process.panic();
                case SYSTEM_RESET -> bench.send(0xff, 0, 0);
                case KEYS_AND_PEDALS_UP -> keysAndPedalsUp(bench);
                case ALL_NOTES_OFF -> {
                    for (int channel = 0; channel < 16; channel++) {
                        bench.send(StageBench.CONTROL | channel, 121, 0).send(StageBench.CONTROL | channel, 123, 0);
                    }
                }
            }
            assertSilenceComes(bench);
        }
    }

    @Test
    void aStormWithoutAWorkerEndsInSilenceAndTheInstrumentPlaysOnAfterIt() {
        StageBench bench = new StageBench(sound, RATE_HZ, MAX_FRAMES);
        bench.inStep = false;
        bench.workerRuns = false;
        storm(bench, 5_000, new Random(10));
        assertThat(bench.stage.input.dropped()).isPositive();
        keysAndPedalsUp(bench);
        assertSilenceComes(bench);
        bench.workerRuns = true;
        bench.play(0.2);
        long before = bench.stage.worker.stats().blocks();
        assertThat(before).isPositive();
        assertThat(bench.stage.process.voices()).isZero();
        Parameters.ALL.forEach(parameter -> bench.stage.values.set(parameter, parameter.defaultValue()));
        bench.send(0xff, 0, 0).send(StageBench.NOTE_ON, 69, 100);
        float[] note = bench.play(1);
        assertThat(Measure.rmsDb(note, note.length / 2, note.length)).isGreaterThan(-60);
        assertThat(bench.stage.process.voices()).isEqualTo(1);
    }

    private static void assertSilenceComes(StageBench bench) {
        bench.play(TAIL_SECONDS);
        assertThat(bench.stage.process.voices()).isZero();
        assertThat(Measure.peak(bench.play(0.1), 0, MAX_FRAMES)).isLessThan(3e-5);
    }

    private static void keysAndPedalsUp(StageBench bench) {
        for (int channel = 0; channel < 16; channel++) {
            bench.send(StageBench.CONTROL | channel, 64, 0).send(StageBench.CONTROL | channel, 66, 0);
            for (int key = 0; key < 128; key++) {
                bench.send(StageBench.NOTE_OFF | channel, key, 64);
            }
        }
    }

    /** Messages of all kinds, notes above all, in blocks of any length, while parameters turn. */
    private static void storm(StageBench bench, int events, Random random) {
        int sent = 0;
        while (sent < events) {
            bench.blockFrames = 1 + random.nextInt(MAX_FRAMES);
            int now = 1 + random.nextInt(60);
            int frame = 0;
            for (int i = 0; i < now; i++) {
                frame = Math.min(bench.blockFrames - 1, frame + random.nextInt(1 + bench.blockFrames / 30));
                send(bench, bench.now() + frame, random);
            }
            sent += now;
            var parameter = Parameters.ALL.get(random.nextInt(Parameters.ALL.size()));
            bench.stage.values.set(
                    parameter, parameter.min() + random.nextFloat() * (parameter.max() - parameter.min()));
            bench.playFrames(bench.blockFrames);
        }
        bench.blockFrames = MAX_FRAMES;
        bench.stage.values.set(Parameters.RELEASE, 100);
    }

    private static void send(StageBench bench, long frame, Random random) {
        int channel = random.nextInt(16);
        int data1 = random.nextInt(128);
        int data2 = random.nextInt(128);
        int status = switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4, 5 -> StageBench.NOTE_ON;
            case 6, 7, 8 -> StageBench.NOTE_OFF;
            case 9, 10, 11 -> StageBench.CONTROL;
            case 12 -> StageBench.BEND;
            case 13 -> 0xa0;
            case 14 -> random.nextBoolean() ? StageBench.PROGRAM : 0xd0;
            default -> 0xf0;
        };
        if (status == StageBench.CONTROL && random.nextBoolean()) {
            data1 = new int[] {64, 66, 1, 7, 11, 6, 100, 101, 120, 121, 123}[random.nextInt(11)];
        }
        bench.at(frame, status | channel, data1, data2);
    }
}
