package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chanterelle.analysis.Timing;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.model.TestModels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same notes make the same sound, whoever calls and however long the blocks are. */
final class SameSoundTest {
    private static final int RATE_HZ = 48_000;
    private static final double SECONDS = 2.5;

    @TempDir
    static Path folder;

    private static Instrument small;

    @BeforeAll
    static void loadsAModel() {
        small = StageBench.small(folder.resolve("model"));
    }

    @Test
    void twoRendersAreTheSameBytes() {
        assertThat(song(128, true, 1)).isEqualTo(song(128, true, 1));
    }

    @Test
    void anotherSeedIsAnotherPerformance() {
        assertThat(Measure.differenceDb(song(128, true, 2), song(128, true, 1))).isGreaterThan(-40);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 100, 200, 333, 1024})
    void anyBlockLengthSoundsTheSame(int blockFrames) {
        assertThat(Measure.differenceDb(song(blockFrames, true, 1), song(128, true, 1))).isLessThan(-80);
    }

    @Test
    void aVoiceSoundsTheSameInBlocksOfAnyLengthApartFromTheLatency() {
        int[] latency = new int[2];
        float[] expected = sung(64, latency, 0);
        for (int blockFrames : new int[] {100, 512}) {
            float[] heard = sung(blockFrames, latency, 1);
            assertThat(Measure.differenceDb(heard, expected, latency[1] - latency[0])).as("%d", blockFrames).isLessThan(-80);
        }
    }

    private static float[] sung(int blockFrames, int[] latency, int which) {
        LiveSound sound = LiveSound.ofVoice(small, Timing.RECORD, InputCalibration.unknown(TestModels.NORMALISATION));
        StageBench bench = new StageBench(sound, RATE_HZ, blockFrames);
        bench.microphone = frame -> frame % RATE_HZ < 4_800 ? 0f : 0.2f * (frame % (frame < RATE_HZ ? 160 : 120) / 80f - 1);
        latency[which] = bench.stage.process.maxLatencyFrames();
        return bench.play(SECONDS);
    }

    /** Chords, repeated notes, wheels, pedals, a thief. */
    private static float[] song(int blockFrames, boolean inStep, long seed) {
        StageBench bench = new StageBench(LiveSound.ofKeys(small), RATE_HZ, blockFrames, seed);
        bench.inStep = inStep;
        int[] chord = {55, 62, 71, 79};
        for (int key : chord) {
            bench.at(1_003, StageBench.NOTE_ON, key, 50 + key / 2);
        }
        bench.at(20_001, StageBench.CONTROL, 11, 60);
        bench.at(20_011, StageBench.BEND, 0, 80);
        bench.at(25_000, StageBench.CONTROL, 1, 100);
        for (int key : chord) {
            bench.at(30_017 + key, StageBench.NOTE_OFF, key, 0);
        }
        bench.at(34_000, StageBench.CONTROL, 64, 127);
        for (int i = 0; i < 24; i++) {
            bench.at(35_000 + i * 997, StageBench.NOTE_ON, 60 + i, 70);
            bench.at(35_400 + i * 997, StageBench.NOTE_OFF, 60 + i, 0);
        }
        bench.at(70_000, StageBench.CONTROL, 64, 0);
        bench.at(80_123, StageBench.CONTROL, 7, 127);
        bench.at(80_124, StageBench.NOTE_ON, 69, 127);
        bench.at(80_150, StageBench.NOTE_OFF, 69, 127);
        return bench.play(SECONDS);
    }
}
