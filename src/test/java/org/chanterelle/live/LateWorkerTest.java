package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chanterelle.analysis.Timing;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.model.TestModels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the worker is late its last word holds, then fades; when it is back, all goes on. */
final class LateWorkerTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 128;

    @TempDir
    static Path folder;

    private static Instrument small;

    @BeforeAll
    static void loadsAModel() {
        small = StageBench.small(folder.resolve("model"));
    }

    @Test
    void aNoteHoldsThenFadesThenComesBack() {
        StageBench bench = live(LiveSound.ofKeys(small));
        bench.send(StageBench.NOTE_ON, 69, 100);
        bench.play(0.5);
        assertThat(bench.stage.process.patch().missedControls()).isZero();
        float[] before = bench.play(0.1);
        bench.workerRuns = false;
        bench.play(0.05);
        float[] held = bench.play(0.1);
        assertThat(Measure.rmsDb(held)).isBetween(Measure.rmsDb(before) - 3, Measure.rmsDb(before) + 3);
        bench.play(0.5);
        assertThat(Measure.rmsDb(bench.play(0.2))).isLessThan(Measure.rmsDb(before) - 40);
        long missed = bench.stage.process.patch().missedControls();
        assertThat(missed).isBetween((long) (0.8 * 250), (long) (0.9 * 250));
        assertThat(bench.stage.process.voices()).isEqualTo(1);
        bench.workerRuns = true;
        bench.play(0.1);
        assertThat(Measure.rmsDb(bench.play(0.1))).isBetween(Measure.rmsDb(before) - 3, Measure.rmsDb(before) + 3);
        assertThat(bench.stage.process.patch().missedControls()).isLessThan(missed + 5);
    }

    @Test
    void aNoteBegunMeanwhileStillSounds() {
        StageBench bench = live(LiveSound.ofKeys(small));
        bench.workerRuns = false;
        bench.send(StageBench.NOTE_ON, 69, 100);
        assertThat(Measure.rmsDb(bench.play(0.15))).isGreaterThan(-60);
        bench.send(StageBench.NOTE_OFF, 69, 0);
        bench.play(0.2);
        assertThat(bench.stage.process.voices()).isZero();
    }

    @Test
    void aVoiceHoldsThenFadesAndKeepsItsTimeWhenSoundWasLost() {
        StageBench bench = live(voice(Timing.RECORD));
        bench.microphone = LateWorkerTest::sawtooth;
        bench.play(1);
        float[] before = bench.play(0.2);
        assertThat(Measure.rmsDb(before)).isGreaterThan(-60);
        bench.workerRuns = false;
        bench.play(0.5);
        assertThat(Measure.rmsDb(bench.play(0.2))).isLessThan(Measure.rmsDb(before) - 40);
        bench.play(3);
        assertThat(bench.stage.input.dropped()).as("input blocks").isPositive();
        assertThat(bench.stage.process.patch().missedControls()).isBetween(900L, 960L);
        bench.workerRuns = true;
        bench.play(1);
        // The same song, a voice that never stopped: from here on both sound at the same time.
        StageBench steady = live(voice(Timing.RECORD));
        steady.microphone = bench.microphone;
        steady.playFrames((int) bench.now());
        float[] late = bench.play(1);
        float[] inTime = steady.play(1);
        assertThat(onset(late)).isCloseTo(onset(inTime), org.assertj.core.data.Offset.offset(RATE_HZ / 100));
        assertThat(Measure.rmsDb(late)).isCloseTo(Measure.rmsDb(inTime), org.assertj.core.data.Offset.offset(0.5));
    }

    private static int onset(float[] audio) {
        double threshold = 0.1 * Measure.peak(audio, 0, audio.length);
        int frame = RATE_HZ / 4;
        while (Math.abs(audio[frame]) < threshold) {
            frame++;
        }
        return frame;
    }

    /** A sung tone that rests from 0.1 to 0.4 in every second. */
    private static float sawtooth(long frame) {
        long inSecond = frame % RATE_HZ;
        boolean rests = inSecond > RATE_HZ / 10 && inSecond < RATE_HZ * 4 / 10;
        return rests ? 0f : 0.2f * (frame % 160 / 80f - 1);
    }

    private static LiveSound voice(Timing timing) {
        return LiveSound.ofVoice(small, timing, InputCalibration.unknown(TestModels.NORMALISATION));
    }

    private static StageBench live(LiveSound sound) {
        StageBench bench = new StageBench(sound, RATE_HZ, BLOCK_FRAMES);
        bench.inStep = false;
        return bench;
    }
}
