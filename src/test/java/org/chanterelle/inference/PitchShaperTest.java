package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PitchShaperTest {
    private static final double CONTROL = 250;
    private static final int C_MAJOR = 0b101010110101;

    private final VoiceSettings settings = new VoiceSettings();

    @Test
    void aPitchPassesAsItIs() {
        assertThat(shape(60.3, 60.8)).isCloseTo(60.8, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"12, 0, 72.3", "-7, 25, 53.55", "0, -100, 59.3"})
    void itIsTransposedAndFineTuned(double semitones, double cents, double expected) {
        settings.semitones = semitones;
        settings.fineCents = cents;
        assertThat(shape(60.3)).isCloseTo(expected, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"60.4, 1, 60", "60.7, 1, 60", "61.4, 1, 62", "60.4, 0.5, 60.2", "60.4, 0, 60.4"})
    void itIsDrawnToTheNearestNoteOfTheScale(double midi, double amount, double expected) {
        settings.scale = C_MAJOR;
        settings.snap = amount;
        assertThat(shape(midi)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void theScaleStandsOnTheTuning() {
        settings.snap = 1;
        settings.tuningHz = 432;
        assertThat(Units.midiToHz(shape(69.1))).isCloseTo(432, within(0.01));
    }

    @Test
    void anEmptyScaleDrawsNothing() {
        settings.snap = 1;
        settings.scale = 0;
        assertThat(shape(60.4)).isCloseTo(60.4, within(1e-9));
    }

    @Test
    void aPitchBetweenTwoNotesDoesNotFlutter() {
        settings.snap = 1;
        double[] sung = new double[100];
        for (int i = 0; i < sung.length; i++) {
            sung[i] = 60.5 + 0.05 * (i % 2 == 0 ? 1 : -1);
        }
        PitchShaper shaper = new PitchShaper(CONTROL);
        shaper.reset(settings);
        double first = shaper.shape(Units.midiToHz(sung[0]), true, settings);
        for (double midi : sung) {
            assertThat(shaper.shape(Units.midiToHz(midi), true, settings)).isEqualTo(first);
        }
    }

    @Test
    void smoothingFollowsAStepInItsTimeAndStartsAfreshAfterARest() {
        settings.smoothingMs = 40;
        PitchShaper shaper = new PitchShaper(CONTROL);
        shaper.reset(settings);
        shaper.shape(Units.midiToHz(60), true, settings);
        double midi = 0;
        for (int i = 0; i < 10; i++) {
            midi = Units.hzToMidi(shaper.shape(Units.midiToHz(61), true, settings));
        }
        assertThat(midi).isCloseTo(60 + 1 - Math.exp(-1), within(1e-6));
        shaper.shape(Units.midiToHz(61), false, settings);
        assertThat(Units.hzToMidi(shaper.shape(Units.midiToHz(72), true, settings))).isCloseTo(72, within(1e-6));
    }

    @Test
    void smoothingGoesOnOverABridgedConsonant() {
        settings.smoothingMs = 40;
        settings.bridgeMs = 100;
        assertThat(shape(60, 60, Double.NaN, Double.NaN, 72)).isBetween(60.5, 63.0);
    }

    /** The last of a row of notes; NaN is a rest that holds the note before. */
    private double shape(double... midi) {
        PitchShaper shaper = new PitchShaper(CONTROL);
        shaper.reset(settings);
        double hz = 0;
        double held = 0;
        for (double note : midi) {
            held = Double.isNaN(note) ? held : note;
            hz = shaper.shape(Units.midiToHz(held), !Double.isNaN(note), settings);
        }
        return Units.hzToMidi(hz);
    }
}
