package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.chanterelle.rt.MidiMap;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.KeyScale;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys, wheels and pedals do to the shipped violin. */
final class KeyboardTest {
    private static final double RATE_HZ = 48_000;

    private static Instrument violin;

    private StageBench bench;

    @BeforeAll
    static void loadsTheViolin() {
        violin = StageBench.violin();
    }

    @BeforeEach
    void opensAStage() {
        bench = new StageBench(LiveSound.ofKeys(violin), RATE_HZ, 128);
        bench.stage.values.set(Parameters.ROOM, -60);
        bench.stage.values.set(Parameters.SHAPING, 0);
    }

    @Test
    void everySemitoneOfItsRangeIsInTune() {
        int low = (int) Math.ceil(Units.hzToMidi(violin.card().pitchRange().lowHz()));
        int high = (int) Math.floor(Units.hzToMidi(violin.card().pitchRange().highHz()));
        assertThat(high - low).isGreaterThan(36);
        for (int key = low; key <= high; key++) {
            assertThat(cents(key, Units.midiToHz(key))).as("key %d", key).isBetween(-3.0, 3.0);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {415, 430, 442, 466})
    void theReferencePitchMovesAll(float a4Hz) {
        bench.stage.values.set(Parameters.TUNING, a4Hz);
        assertThat(cents(69, a4Hz)).isBetween(-1.0, 1.0);
        assertThat(cents(60, a4Hz * Math.pow(2, -0.75))).isBetween(-1.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"0, 7, 0", "1, 0, 0", "-1, 3, 50", "0, -5, -100"})
    void transpositionAndFineTuningMoveAll(float octave, float semitones, float cents) {
        bench.stage.values.set(Parameters.OCTAVE, octave);
        bench.stage.values.set(Parameters.SEMITONES, semitones);
        bench.stage.values.set(Parameters.FINE, cents);
        assertThat(cents(74, Units.midiToHz(74 + 12 * octave + semitones + cents / 100))).isBetween(-1.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"2, 0, -2", "2, 127, 2", "12, 0, -12", "12, 96, 6", "24, 127, 24", "0, 127, 0"})
    void theWheelBendsByTheRangeOfRegisteredParameterZero(int range, int wheel, double semitones) {
        control(101, 0);
        control(100, 0);
        control(6, range);
        bench.send(StageBench.BEND, wheel == 127 ? 127 : 0, wheel);
        // The whole way up is one step of 8,192 less than the range.
        double expected = wheel == 127 ? semitones * 8191 / 8192 : semitones;
        // Bent by any of these, this key is still one that the violin has: below, its noise hides the pitch.
        assertThat(cents(69, Units.midiToHz(69 + expected))).isBetween(-1.0, 1.0);
    }

    @Test
    void aBendReachesANoteThatSounds() {
        noteOn(69, 100);
        bench.play(0.5);
        bench.send(StageBench.BEND, 0, 96);
        bench.play(0.02);
        assertThat(Measure.cents(bench.play(0.3), 0, 14_000, Units.midiToHz(70), RATE_HZ)).isBetween(-1.0, 1.0);
    }

    @Test
    void notesOfAZoneBendApartAndTogether() {
        control(101, 0);
        control(100, 6);
        control(6, 4);
        bench.send(StageBench.BEND | 1, 0, 64 + 8).send(StageBench.BEND, 0, 32);
        bench.send(StageBench.NOTE_ON | 1, 64, 100);
        bench.play(0.6);
        assertThat(Measure.cents(bench.play(0.3), 0, 14_000, Units.midiToHz(69), RATE_HZ)).isBetween(-2.0, 2.0);
    }

    @Test
    void aScaleTunesTheKeysEvenThoseThatSound() {
        double[] pythagorean = new double[KeyScale.KEYS];
        Arrays.setAll(pythagorean, Units::midiToHz);
        pythagorean[64] = 330;
        pythagorean[65] = Double.NaN;
        noteOn(64, 100);
        bench.play(0.3);
        bench.stage.channels.setScale(new KeyScale(pythagorean));
        noteOn(65, 100);
        bench.play(0.3);
        assertThat(Measure.cents(bench.play(0.3), 0, 14_000, 330, RATE_HZ)).isBetween(-1.0, 1.0);
        assertThat(bench.stage.process.voices()).as("one key is not mapped").isEqualTo(1);
    }

    @Test
    void aNoteOnWithoutVelocityEndsTheNote() {
        noteOn(69, 100);
        bench.play(0.3);
        noteOn(69, 0);
        bench.play(0.3);
        assertThat(bench.stage.process.voices()).isZero();
    }

    @Test
    void thePedalKeepsNotesUntilItIsUp() {
        control(64, 127);
        noteOn(69, 100);
        bench.play(0.2);
        noteOff(69);
        noteOn(72, 100);
        bench.play(0.5);
        assertThat(bench.stage.process.voices()).isEqualTo(2);
        control(64, 0);
        bench.play(0.3);
        assertThat(bench.stage.process.voices()).as("the key that is down").isEqualTo(1);
    }

    @Test
    void volumeIsAGainAfterTheMidiCurve() {
        noteOn(69, 100);
        control(7, 127);
        bench.play(0.5);
        double full = Measure.rmsDb(bench.play(0.5));
        control(7, 64);
        bench.play(0.1);
        assertThat(Measure.rmsDb(bench.play(0.5)) - full).isCloseTo(40 * Math.log10(64 / 127.0), within(0.7));
    }

    @Test
    void expressionPlaysSofterAndDarkerAndAtZeroIsSilent() {
        noteOn(69, 110);
        bench.play(0.5);
        float[] loud = bench.play(0.5);
        control(11, 50);
        bench.play(0.2);
        float[] soft = bench.play(0.5);
        assertThat(Measure.rmsDb(soft)).isLessThan(Measure.rmsDb(loud) - 4);
        control(11, 0);
        bench.play(0.5);
        assertThat(Measure.rmsDb(bench.play(0.2))).isLessThan(-60);
        control(11, 127);
        bench.play(0.3);
        assertThat(Measure.rmsDb(bench.play(0.5))).isCloseTo(Measure.rmsDb(loud), within(2.0));
    }

    @Test
    void soundOffIsSilentWithinTenMilliseconds() {
        noteOn(69, 100);
        bench.play(0.5);
        control(120, 0);
        bench.play(0.012);
        assertThat(bench.stage.process.voices()).isZero();
        assertThat(Measure.peakDb(bench.play(0.1))).isLessThan(-40);
    }

    @Test
    void notesOffReleasesTheChannelsNotesOnly() {
        noteOn(69, 100);
        bench.send(StageBench.NOTE_ON | 1, 72, 100);
        bench.play(0.2);
        control(123, 0);
        bench.play(0.02);
        assertThat(bench.stage.process.voices()).as("one is released").isEqualTo(2);
        bench.play(0.3);
        assertThat(bench.stage.process.voices()).isEqualTo(1);
    }

    @Test
    void resetControllersCentresTheWheel() {
        bench.send(StageBench.BEND, 0, 0);
        control(11, 20);
        control(121, 0);
        assertThat(cents(69, 440)).isBetween(-1.0, 1.0);
    }

    @Test
    void aProgramChangeIsAWishWithItsBank() {
        assertThat(bench.stage.process.takeProgramWish()).isEqualTo(-1);
        control(0, 1);
        control(32, 3);
        bench.send(StageBench.PROGRAM, 40, 0);
        bench.play(0.01);
        assertThat(bench.stage.process.takeProgramWish()).isEqualTo((128 + 3) * 128 + 40);
        assertThat(bench.stage.process.takeProgramWish()).as("told once").isEqualTo(-1);
    }

    @Test
    void mappedControllersTurnParameters() {
        bench.stage.process.setMap(new MidiMap(java.util.List.of(new ControlMapping(91, Parameters.ROOM, -40, 6))));
        control(91, 127);
        bench.play(0.01);
        assertThat(bench.stage.values.get(Parameters.ROOM)).isEqualTo(6);
        control(91, 0);
        bench.play(0.01);
        assertThat(bench.stage.values.get(Parameters.ROOM)).isEqualTo(-40);
    }

    @Test
    void messagesFromOutsideTheDriverPlayToo() {
        bench.stage.process.inbox().offer(System.nanoTime(), StageBench.NOTE_ON, 69, 100);
        bench.play(0.3);
        assertThat(bench.stage.process.voices()).isEqualTo(1);
        bench.stage.process.inbox().releaseAll();
        bench.play(0.3);
        assertThat(bench.stage.process.voices()).isZero();
    }

    @Test
    void theModulationWheelIsVibratoThatDoesNotJumpWhenItsRateIsTurned() {
        noteOn(69, 100);
        control(1, 127);
        bench.stage.values.set(Parameters.VIBRATO_DEPTH, 50);
        bench.play(20);
        bench.stage.values.set(Parameters.VIBRATO_RATE, 6.27f);
        float[] heard = bench.play(0.5);
        double before = Double.NaN;
        double widest = 0;
        for (int at = 0; at + 960 <= heard.length; at += 240) {
            double now = Measure.cents(heard, at, 960, 440, RATE_HZ);
            assertThat(Math.abs(now)).isLessThan(70);
            // In 5 ms a vibrato of 50 cents and 6 Hz moves by 10 cents at most.
            if (!Double.isNaN(before)) {
                assertThat(Math.abs(now - before)).as("at %d", at).isLessThan(20);
            }
            widest = Math.max(widest, Math.abs(now));
            before = now;
        }
        assertThat(widest).isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void noMoreVoicesSoundThanMay(int polyphony) {
        bench.stage.values.set(Parameters.POLYPHONY, polyphony);
        for (int key = 50; key < 90; key++) {
            noteOn(key, 100);
            bench.play(0.02);
            assertThat(bench.stage.process.voices()).isLessThanOrEqualTo(Math.min(key - 49, polyphony));
        }
        bench.play(0.1);
        assertThat(bench.stage.process.voices()).isEqualTo(polyphony);
    }

    @Test
    void theThiefTakesReleasedNotesFirstThenQuietOnes() {
        bench.stage.values.set(Parameters.POLYPHONY, 3);
        bench.stage.values.set(Parameters.RELEASE, 2000);
        noteOn(60, 120);
        noteOn(67, 30);
        noteOn(76, 120);
        bench.play(0.3);
        noteOff(76);
        noteOn(81, 120);
        bench.play(0.3);
        float[] chord = bench.play(0.3);
        assertThat(partialDb(chord, 76)).as("released").isLessThan(partialDb(chord, 60) - 30);
        assertThat(partialDb(chord, 67)).as("quiet, but held").isGreaterThan(partialDb(chord, 76) + 10);
        noteOn(86, 120);
        bench.play(0.3);
        float[] next = bench.play(0.3);
        assertThat(partialDb(next, 67)).as("quiet").isLessThan(partialDb(chord, 67) - 12);
        assertThat(partialDb(next, 60)).as("loud").isGreaterThan(partialDb(chord, 60) - 6);
    }

    /** Level of a key's fundamental. */
    private static double partialDb(float[] audio, int key) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < audio.length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / audio.length);
            double angle = 2 * Math.PI * Units.midiToHz(key) * i / RATE_HZ;
            re += window * audio[i] * Math.cos(angle);
            im += window * audio[i] * Math.sin(angle);
        }
        return Units.gainToDb(4 * Math.hypot(re, im) / audio.length);
    }

    /** By how many cents a key's note misses what is expected. */
    private double cents(int key, double expectedHz) {
        noteOn(key, 100);
        bench.play(0.25);
        float[] steady = bench.play(0.25);
        noteOff(key);
        bench.play(0.3);
        return Measure.cents(Arrays.copyOf(steady, steady.length), 0, steady.length, expectedHz, RATE_HZ);
    }

    private void noteOn(int key, int velocity) {
        bench.send(StageBench.NOTE_ON, key, velocity);
    }

    private void noteOff(int key) {
        bench.send(StageBench.NOTE_OFF, key, 0);
    }

    private void control(int number, int value) {
        bench.send(StageBench.CONTROL, number, value);
    }
}
