package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.chanterelle.inference.sing.SingBatch;
import org.chanterelle.inference.sing.SingWeights;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole notes under the keys, made by the worker while they sound. */
final class SingPlayTest {
    private static final int RATE_HZ = 48_000;
    private static final int START_FRAMES = 32;

    @TempDir
    static Path folder;

    private static SingFolder model;
    private static WaveSound sound;

    @BeforeAll
    static void loads() {
        model = SingSounds.model(folder.resolve("model"));
        sound = SingSounds.sound(model, Preset.Notes.STREAMING, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void aNoteIsWhatTheModelMakesOfItAtAnyRate(int rateHz) {
        StageBench bench = bench(sound, rateHz, 128);
        bench.at(1_001, StageBench.NOTE_ON, 60, 80);
        float[] heard = bench.play(2.4);
        float[] made = SingBatch.notes(sound.weights(), new int[] {0}, new int[] {60}, new double[] {80})[0];
        float[] expected = Resampler.resample(made, 16_000, rateHz);
        int start = 1_001 + START_FRAMES;
        assertThat(Measure.rmsDb(Arrays.copyOf(heard, start - 10))).isLessThan(-120);
        // The output stage takes an offset away, and volume is at its default.
        double likeness = correlation(heard, start + rateHz / 10, expected, rateHz / 10, 2 * rateHz);
        assertThat(likeness).isGreaterThan(0.995);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 100, 333, 1024})
    void anyBlockLengthSoundsTheSame(int blockFrames) {
        assertThat(Measure.differenceDb(song(blockFrames), song(128))).isLessThan(-70);
        assertThat(Arrays.equals(song(blockFrames), song(blockFrames))).as("the same samples again").isTrue();
    }

    @Test
    void aNoteLastsAsLongAsItsKeyIsDownAndThenFades() {
        StageBench bench = bench(sound, RATE_HZ, 128);
        bench.send(StageBench.NOTE_ON, 60, 80);
        bench.play(2);
        double before = Measure.rmsDb(bench.play(0.5));
        bench.play(7);
        assertThat(Measure.rmsDb(bench.play(0.5))).isGreaterThan(before - 30);
        assertThat(bench.stage.process.patch().missedControls()).isZero();
        bench.send(StageBench.NOTE_OFF, 60, 0);
        bench.play(0.2);
        assertThat(bench.stage.process.voices()).isZero();
        assertThat(Measure.rmsDb(bench.play(0.2))).isLessThan(-90);
    }

    @Test
    void sixteenVoicesSoundAndOneMoreTakesTheOldestsPlace() {
        StageBench bench = bench(sound, RATE_HZ, 128);
        for (int i = 0; i < 16; i++) {
            bench.send(StageBench.NOTE_ON, 48 + i, 80);
        }
        bench.play(0.3);
        assertThat(bench.stage.process.voices()).isEqualTo(16);
        bench.send(StageBench.NOTE_ON, 70, 80);
        bench.play(0.1);
        assertThat(bench.stage.process.voices()).isEqualTo(16);
        bench.send(StageBench.NOTE_OFF, 48, 0);
        bench.play(0.3);
        assertThat(bench.stage.process.voices()).as("the oldest had gone").isEqualTo(16);
        assertThat(bench.stage.process.patch().missedControls()).isZero();
    }

    @Test
    void panicAndStolenNotesEndWithinTheirFadeWithoutAStep() {
        StageBench bench = bench(sound, RATE_HZ, 128);
        bench.send(StageBench.NOTE_ON, 60, 80);
        float[] before = bench.play(1);
        bench.stage.process.panic();
        float[] after = bench.play(0.1);
        assertThat(bench.stage.process.voices()).isZero();
        assertThat(largestStep(after)).isLessThanOrEqualTo(1.1f * largestStep(before));
        assertThat(Math.abs(after[after.length - 1])).isLessThan(1e-3f);
    }

    @Test
    void aLateWorkerIsHeardAsAFadeAndCounted() {
        StageBench bench = bench(sound, RATE_HZ, 128);
        bench.inStep = false;
        bench.send(StageBench.NOTE_ON, 60, 80);
        float[] before = bench.play(1);
        assertThat(bench.stage.process.patch().missedControls()).isZero();
        bench.workerRuns = false;
        float[] late = bench.play(0.5);
        assertThat(largestStep(late)).isLessThanOrEqualTo(1.1f * largestStep(before));
        assertThat(bench.stage.process.patch().missedControls()).isBetween(20L, 32L);
        bench.workerRuns = true;
        bench.play(0.2);
        long missed = bench.stage.process.patch().missedControls();
        assertThat(Measure.rmsDb(bench.play(0.2))).isGreaterThan(Measure.rmsDb(before) - 12);
        assertThat(bench.stage.process.patch().missedControls()).isEqualTo(missed);
    }

    @Test
    void aNoteThatTheWorkerNeverMakesIsGivenUp() {
        StageBench bench = bench(sound, RATE_HZ, 128);
        bench.inStep = false;
        bench.workerRuns = false;
        bench.send(StageBench.NOTE_ON, 60, 80);
        bench.play(0.5);
        assertThat(bench.stage.process.voices()).isEqualTo(1);
        bench.play(0.7);
        assertThat(bench.stage.process.voices()).isZero();
    }

    @Test
    void morphingChangesTheSoundOfAHeldNote() {
        float[] own = held(0, 0);
        assertThat(held(0, 0)).isEqualTo(own);
        float[] morphed = held(0, 1);
        assertThat(Arrays.copyOf(morphed, RATE_HZ / 2)).isEqualTo(Arrays.copyOf(own, RATE_HZ / 2));
        assertThat(Measure.differenceDb(morphed, own)).isGreaterThan(-40);
        WaveSound other = WaveSound.of(SingSounds.preset("string_c", null, Preset.Notes.STREAMING), model.card(), sound.weights(),
                0);
        StageBench bench = bench(other, RATE_HZ, 128);
        bench.send(StageBench.NOTE_ON, 60, 80);
        assertThat(bench.play(1.5)).isEqualTo(held(1, 1));
    }

    @Test
    void velocityVolumeAndExpressionAreHeard() {
        double loud = level(120, 127);
        assertThat(level(120, 64)).isCloseTo(loud - 11.9, org.assertj.core.data.Offset.offset(0.5));
        assertThat(level(20, 127)).as("softer than any that was learnt").isLessThan(level(40, 127) - 11);
    }

    @Test
    void aKeyBeyondTheModelIsBentToItsPitch() {
        StageBench bench = bench(sound, RATE_HZ, 128);
        bench.send(StageBench.NOTE_ON, 84, 80);
        float[] heard = bench.play(1);
        float[] top = SingBatch.notes(sound.weights(), new int[] {0}, new int[] {72}, new double[] {80})[0];
        float[] expected = Resampler.resample(top, 32_000, RATE_HZ);
        assertThat(correlation(heard, START_FRAMES + 4_800, expected, 4_800, 30_000)).isGreaterThan(0.98);
    }

    private static float[] held(float from, float to) {
        StageBench bench = bench(sound, RATE_HZ, 128);
        bench.stage.values.set(Parameters.MORPH, from);
        bench.stage.process.prepare(RATE_HZ, 128);
        bench.send(StageBench.NOTE_ON, 60, 80);
        float[] begin = bench.play(0.5);
        bench.stage.values.set(Parameters.MORPH, to);
        float[] rest = bench.play(1);
        float[] all = Arrays.copyOf(begin, begin.length + rest.length);
        System.arraycopy(rest, 0, all, begin.length, rest.length);
        return all;
    }

    private static double level(int velocity, int expression) {
        StageBench bench = bench(sound, RATE_HZ, 128);
        bench.send(StageBench.CONTROL, 11, expression);
        bench.send(StageBench.NOTE_ON, 60, velocity);
        return Measure.rmsDb(bench.play(1));
    }

    static float[] song(int blockFrames) {
        return song(sound, blockFrames);
    }

    /** Chords, repeated notes, wheels, pedals, a thief. */
    static float[] song(WaveSound of, int blockFrames) {
        StageBench bench = bench(of, RATE_HZ, blockFrames);
        int[] chord = {50, 57, 62, 71};
        for (int key : chord) {
            bench.at(1_003, StageBench.NOTE_ON, key, 30 + key);
        }
        bench.at(20_001, StageBench.CONTROL, 11, 60);
        bench.at(20_011, StageBench.BEND, 0, 80);
        bench.at(25_000, StageBench.CONTROL, 1, 100);
        for (int key : chord) {
            bench.at(30_017 + key, StageBench.NOTE_OFF, key, 0);
        }
        bench.at(34_000, StageBench.CONTROL, 64, 127);
        for (int i = 0; i < 24; i++) {
            bench.at(35_000 + i * 997, StageBench.NOTE_ON, 48 + i, 70);
            bench.at(35_400 + i * 997, StageBench.NOTE_OFF, 48 + i, 0);
        }
        bench.at(70_000, StageBench.CONTROL, 64, 0);
        bench.at(80_124, StageBench.NOTE_ON, 69, 127);
        return bench.play(5.5);
    }

    private static StageBench bench(WaveSound of, int rateHz, int blockFrames) {
        StageBench bench = new StageBench(of, rateHz, blockFrames);
        bench.stage.values.set(Parameters.ATTACK, 0);
        bench.stage.values.set(Parameters.GAIN, -12);
        bench.stage.process.prepare(rateHz, blockFrames);
        return bench;
    }

    private static float largestStep(float[] audio) {
        float largest = 0f;
        for (int i = 1; i < audio.length; i++) {
            largest = Math.max(largest, Math.abs(audio[i] - audio[i - 1]));
        }
        return largest;
    }

    /** Of the signals' changes from frame to frame: without their offsets. */
    private static double correlation(float[] a, int fromA, float[] b, int fromB, int frames) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < frames; i++) {
            double x = a[fromA + i + 1] - a[fromA + i];
            double y = b[fromB + i + 1] - b[fromB + i];
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        return ab / Math.sqrt(aa * bb);
    }
}
