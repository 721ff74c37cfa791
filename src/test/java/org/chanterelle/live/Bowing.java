package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Notes of a shipped violin are bowed: each a little differently, with vibrato when they are long, slurred under one bow. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Bowing {
    private static final int RATE_HZ = 48_000;

    private final TimbreSound violin;

    private StageBench bench;

    Bowing(String model) {
        violin = LiveSound.ofKeys(StageBench.shipped(model));
    }

    @BeforeEach
    void opensAStage() {
        bench = bench(1);
    }

    @Test
    void tenEqualKeysSoundDifferentButAlike() {
        double[][] spectra = new double[10][];
        for (int i = 0; i < spectra.length; i++) {
            spectra[i] = BandLevels.bandsDb(note(bench, 69, 90, 0.5));
        }
        double least = Double.MAX_VALUE;
        double sum = 0;
        for (int i = 1; i < spectra.length; i++) {
            for (int j = 0; j < i; j++) {
                double distance = BandLevels.distanceDb(spectra[i], spectra[j]);
                least = Math.min(least, distance);
                sum += distance / 45;
            }
        }
        assertThat(sum).isBetween(1.0, 4.0);
        assertThat(least).isGreaterThan(0.5);
    }

    @Test
    void theSameSeedIsTheSameSoundAndAnotherIsNot() {
        float[] one = note(bench(5), 69, 90, 0.5);
        assertThat(note(bench(5), 69, 90, 0.5)).isEqualTo(one);
        assertThat(Measure.differenceDb(note(bench(6), 69, 90, 0.5), one)).isGreaterThan(-20);
    }

    /** Above -40 dB of its peak: a note that swells by far would be heard late. */
    @Test
    void fiftyKeysAreHeardEquallySoon() {
        int[] keys = {55, 60, 67, 72, 79};
        for (int seed : new int[] {2, 7, 12}) {
            StageBench fifty = bench(seed);
            int soonest = Integer.MAX_VALUE;
            int latest = 0;
            for (int i = 0; i < 50; i++) {
                int onset = onset(note(fifty, keys[i % keys.length], 90, 0.25));
                soonest = Math.min(soonest, onset);
                latest = Math.max(latest, onset);
            }
            assertThat(latest - soonest).as("frames of jitter, seed %d", seed).isLessThanOrEqualTo(RATE_HZ / 2000);
        }
    }

    @Test
    void longNotesHaveAVibratoThatBeginsLater() {
        for (int i = 0; i < 8; i++) {
            int key = 60 + 3 * i;
            float[] sound = note(bench, key, 90, 1.5);
            double[] cents = new double[280];
            for (int n = 0; n < cents.length; n++) {
                cents[n] = Measure.cents(sound, 960 + n * 240, 1_440, Units.midiToHz(key), RATE_HZ);
            }
            double early = PitchWave.depth(cents, 6, 22);
            double late = PitchWave.depth(cents, 110, 280);
            int start = 0;
            while (Math.abs(cents[start] - PitchWave.mean(cents, 110, 280)) < 0.4 * late || start < 16) {
                start++;
            }
            double seconds = (960 + start * 240 + 720) / (double) RATE_HZ;
            double rate = PitchWave.rateHz(cents, 110, 280);
            assertThat(late).as("key %d", key).isBetween(8.0, 25.0);
            assertThat(early).as("key %d", key).isLessThan(0.6 * late);
            assertThat(rate).as("key %d", key).isBetween(5.0, 7.0);
            assertThat(seconds).as("key %d", key).isBetween(0.15, 0.4);
        }
    }

    @Test
    void everySemitoneIsInTuneWithoutVibrato() {
        bench.stage.values.set(Parameters.VIBRATO, 0);
        int low = (int) Math.ceil(Units.hzToMidi(violin.instrument().card().pitchRange().lowHz()));
        int high = (int) Math.floor(Units.hzToMidi(violin.instrument().card().pitchRange().highHz()));
        for (int key = low; key <= high; key++) {
            float[] sound = note(bench, key, 90, 0.8);
            double cents = Measure.cents(sound, RATE_HZ / 4, RATE_HZ / 2, Units.midiToHz(key), RATE_HZ);
            assertThat(cents).as("key %d", key).isBetween(-3.0, 3.0);
        }
    }

    @Test
    void velocityIsLouderAndBrighter() {
        bench.stage.values.set(Parameters.VELOCITY, 0.8f);
        bench.play(0.05);
        double first = 0;
        double level = Double.NEGATIVE_INFINITY;
        double centroid = 0;
        for (int velocity = 20; velocity <= 120; velocity += 20) {
            double energy = 0;
            double bright = 0;
            for (int i = 0; i < 10; i++) {
                float[] sound = note(bench, 69, velocity, 0.6);
                energy += Math.pow(10, Measure.rmsDb(sound) / 10) / 10;
                bright += BandLevels.centroidHz(sound) / 10;
            }
            double db = 10 * Math.log10(energy);
            assertThat(bright).as("velocity %d", velocity).isGreaterThan(centroid);
            first = velocity == 20 ? db : first;
            level = db;
            centroid = bright;
        }
        assertThat(level - first).isGreaterThan(20);
    }

    @Test
    void aSlurKeepsTheBowAndADetachedNoteSetsItAnew() {
        bench.stage.values.set(Parameters.ONE_BOW, 1);
        bench.play(0.05);
        for (int interval : new int[] {-7, -2, 1, 4, 12}) {
            double slur = dipDb(phrase(67, interval, 0));
            double detached = dipDb(phrase(67, interval, 0.06));
            assertThat(slur).as("slur by %d", interval).isLessThan(6);
            assertThat(detached).as("detached by %d", interval).isGreaterThan(6);
        }
    }

    @Test
    void aSlurArrivesWithinAHundredMillisecondsAndReturnsToTheKeyStillHeld() {
        bench.stage.values.set(Parameters.ONE_BOW, 1);
        bench.play(0.05);
        bench.send(StageBench.NOTE_ON, 67, 90);
        bench.play(0.5);
        bench.send(StageBench.NOTE_ON, 71, 90);
        bench.play(0.1);
        assertThat(Math.abs(Measure.cents(bench.play(0.08), 0, 3_840, Units.midiToHz(71), RATE_HZ))).isLessThan(30);
        assertThat(bench.stage.process.voices()).isEqualTo(1);
        bench.send(StageBench.NOTE_OFF, 71, 0);
        bench.play(0.1);
        assertThat(Math.abs(Measure.cents(bench.play(0.08), 0, 3_840, Units.midiToHz(67), RATE_HZ))).isLessThan(30);
        bench.send(StageBench.NOTE_OFF, 67, 0);
        bench.play(0.5);
        assertThat(bench.stage.process.voices()).isZero();
    }

    @Test
    void twoEqualNotesDoNotCancel() {
        Random random = new Random(4);
        int good = 0;
        for (int trial = 0; trial < 100; trial++) {
            int key = 55 + random.nextInt(36);
            double offset = 0.1 * random.nextDouble();
            float[] one = pair(key, offset, trial, false);
            float[] two = pair(key, offset, trial, true);
            double gain = Measure.rmsDb(two) - Measure.rmsDb(one);
            good += gain >= 0 && gain <= 6 ? 1 : 0;
        }
        assertThat(good).isGreaterThanOrEqualTo(95);
    }

    @Test
    void aSectionDividesWhenAChordIsPlayed() {
        bench.stage.values.set(Parameters.PLAYERS, 3);
        bench.play(0.05);
        bench.send(StageBench.NOTE_ON, 60, 90);
        bench.play(0.1);
        assertThat(bench.stage.process.voices()).isEqualTo(3);
        for (int key = 62; key < 76; key += 2) {
            bench.send(StageBench.NOTE_ON, key, 90);
            bench.play(0.1);
        }
        assertThat(bench.stage.process.voices()).isBetween(8, 16);
        for (int key = 60; key < 76; key++) {
            bench.send(StageBench.NOTE_OFF, key, 0);
        }
        bench.play(0.6);
        assertThat(bench.stage.process.voices()).isZero();
    }

    private StageBench bench(long seed) {
        StageBench bench = new StageBench(violin, RATE_HZ, 128, seed);
        bench.stage.values.set(Parameters.ROOM, -60);
        return bench;
    }

    /** A second of one or two players of a key. */
    private float[] pair(int key, double offset, int seed, boolean both) {
        StageBench bench = bench(seed);
        bench.send(StageBench.NOTE_ON, key, 90);
        bench.play(offset);
        if (both) {
            bench.send(StageBench.NOTE_ON | 1, key, 90);
        }
        bench.play(0.1);
        return bench.play(1);
    }

    private static float[] note(StageBench bench, int key, int velocity, double seconds) {
        bench.send(StageBench.NOTE_ON, key, velocity);
        float[] sound = bench.play(seconds);
        bench.send(StageBench.NOTE_OFF, key, 0);
        bench.play(0.5);
        return sound;
    }

    private static int onset(float[] sound) {
        float peak = 0;
        for (float x : sound) {
            peak = Math.max(peak, Math.abs(x));
        }
        int at = 0;
        while (Math.abs(sound[at]) < 0.01f * peak) {
            at++;
        }
        return at;
    }

    /** Half a second of a note, then the next after a rest, or with none under the same bow; from 0.2 s before the change on. */
    private float[] phrase(int key, int interval, double restSeconds) {
        bench.send(StageBench.NOTE_ON, key, 90);
        bench.play(0.3);
        float[] before = bench.play(0.2);
        if (restSeconds > 0) {
            bench.send(StageBench.NOTE_OFF, key, 0);
        } else {
            bench.send(StageBench.NOTE_ON, key + interval, 90).send(StageBench.NOTE_OFF, key, 0);
        }
        float[] between = bench.play(restSeconds);
        if (restSeconds > 0) {
            bench.send(StageBench.NOTE_ON, key + interval, 90);
        }
        float[] after = bench.play(0.4);
        bench.send(StageBench.NOTE_OFF, key + interval, 0);
        bench.play(0.5);
        float[] all = Arrays.copyOf(before, before.length + between.length + after.length);
        System.arraycopy(between, 0, all, before.length, between.length);
        System.arraycopy(after, 0, all, before.length + between.length, after.length);
        return all;
    }

    /** By how much the softest 10 ms lies below the softer of both ends. */
    private static double dipDb(float[] phrase) {
        double softest = Double.MAX_VALUE;
        for (int at = 4_800; at + 480 <= phrase.length - 4_800; at += 240) {
            softest = Math.min(softest, Measure.rmsDb(phrase, at, at + 480));
        }
        return Math.min(
                Measure.rmsDb(phrase, 0, 4_800),
                Measure.rmsDb(phrase, phrase.length - 4_800, phrase.length)) - softest;
    }
}
