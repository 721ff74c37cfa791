package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.chanterelle.signal.FeatureTrack;
import org.junit.jupiter.api.Test;

/** Four seconds: a note sung from 0.5 to 1.5 s, a noise from 2 to 3.5 s. */
class BuzzTest {
    private static final int RATE_HZ = 16_000;
    private static final int CONTROL_HZ = 200;
    private static final double NOTE_HZ = 440;

    @Test
    void anInstrumentThatPlaysTheNoteAloneIsClean() {
        Buzz buzz = measured(BuzzTest::sung, i -> NOTE_HZ);
        assertThat(buzz).isEqualTo(new Buzz(null, 0, 0));
        assertThat(buzz.heard()).isFalse();
    }

    @Test
    void silenceIsClean() {
        assertThat(measured(i -> false, i -> NOTE_HZ)).isEqualTo(new Buzz(null, 0, 0));
    }

    @Test
    void aReleaseWithinTheMarginIsNoBuzz() {
        assertThat(measured(i -> i >= 95 && i < 308, i -> NOTE_HZ).heard()).isFalse();
    }

    @Test
    void aSawtoothGatedByNoiseIsHeardAsBuzz() {
        SplittableRandom random = new SplittableRandom(1);
        double[] pitches = random.doubles(4 * CONTROL_HZ, 100, 1600).toArray();
        Buzz buzz = measured(i -> sung(i) || noisy(i) && i / 4 % 2 == 0, i -> sung(i) ? NOTE_HZ : pitches[i]);
        assertThat(buzz.unpitchedDb()).isGreaterThan(-6);
        assertThat(buzz.togglesPerSecond()).isGreaterThan(10);
        assertThat(buzz.leapsPerSecond()).isGreaterThan(10);
        assertThat(buzz.heard()).isTrue();
    }

    @Test
    void aSteadySawtoothDuringNoiseIsHeardByItsEnergyAlone() {
        Buzz buzz = measured(i -> sung(i) || noisy(i), i -> NOTE_HZ);
        assertThat(buzz.unpitchedDb()).isCloseTo(10 * Math.log10(1.5), within(0.1));
        assertThat(buzz.togglesPerSecond()).isZero();
        assertThat(buzz.leapsPerSecond()).isZero();
        assertThat(buzz.heard()).isTrue();
    }

    @Test
    void flutterWithinANoteIsHeardByItsTogglesAlone() {
        Buzz buzz = measured(i -> sung(i) && i / 4 % 2 == 0, i -> NOTE_HZ);
        assertThat(buzz.unpitchedDb()).isNull();
        assertThat(buzz.leapsPerSecond()).isZero();
        assertThat(buzz.heard()).isTrue();
    }

    @Test
    void anOctaveErrorWithinANoteIsTwoLeaps() {
        Buzz buzz = measured(BuzzTest::sung, i -> i >= 180 && i < 200 ? NOTE_HZ / 2 : NOTE_HZ);
        assertThat(buzz.leapsPerSecond()).isEqualTo(2 / 4.0);
        assertThat(buzz.heard()).isTrue();
    }

    @Test
    void anOctaveThatTheVoiceLeapsIsNone() {
        IntToDoubleFunction melody = i -> i < 200 ? NOTE_HZ : 2 * NOTE_HZ;
        Buzz buzz = Buzz.of(judged(melody), new float[4 * RATE_HZ], RATE_HZ,
                played(BuzzTest::sung, i -> melody.applyAsDouble(i + 4)));
        assertThat(buzz).isEqualTo(new Buzz(null, 0, 0));
    }

    @Test
    void strayPitchesInNoiseAreNotSteady() {
        double[] stray = new SplittableRandom(2).doubles(400, 100, 1600).toArray();
        assertThat(Buzz.steady(Melody.onGrid(stray, 401)).hz()).containsOnly(0);
        double[] note = new double[400];
        Arrays.fill(note, NOTE_HZ);
        assertThat(Buzz.steady(Melody.onGrid(note, 401)).hz()).containsOnly(NOTE_HZ);
    }

    private static Buzz measured(IntPredicate sounding, IntToDoubleFunction hz) {
        return Buzz.of(judged(i -> NOTE_HZ), sawtooth(sounding), RATE_HZ, played(sounding, hz));
    }

    private static boolean sung(int frame) {
        return frame >= 100 && frame < 300;
    }

    private static boolean noisy(int frame) {
        return frame >= 400 && frame < 700;
    }

    private static Melody judged(IntToDoubleFunction hz) {
        double[] pitches = new double[4 * CONTROL_HZ];
        Arrays.setAll(pitches, i -> sung(i) ? hz.applyAsDouble(i) : 0);
        return Melody.onGrid(pitches, CONTROL_HZ);
    }

    private static FeatureTrack played(IntPredicate sounding, IntToDoubleFunction hz) {
        int frames = 4 * CONTROL_HZ;
        float[] f0Hz = new float[frames];
        boolean[] voiced = new boolean[frames];
        for (int i = 0; i < frames; i++) {
            f0Hz[i] = (float) hz.applyAsDouble(i);
            voiced[i] = sounding.test(i);
        }
        return new FeatureTrack(CONTROL_HZ, f0Hz, new float[frames], new float[frames], voiced);
    }

    private static float[] sawtooth(IntPredicate sounding) {
        float[] out = new float[4 * RATE_HZ];
        for (int n = 0; n < out.length; n++) {
            double phase = n * NOTE_HZ / RATE_HZ;
            out[n] = sounding.test(n * CONTROL_HZ / RATE_HZ) ? (float) (0.4 * (phase - Math.floor(phase)) - 0.2) : 0;
        }
        return out;
    }
}
