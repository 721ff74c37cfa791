package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MidiStateTest {
    private static final int ON = 0x90;
    private static final int OFF = 0x80;
    private static final int CONTROL = 0xb0;
    private static final int BEND = 0xe0;

    private final Heard heard = new Heard();
    private final MidiState midi = new MidiState(heard);

    @Test
    void aNoteBeginsAndEndsOnItsChannel() {
        midi.handle(ON | 3, 60, 100);
        midi.handle(OFF | 2, 60, 0);
        assertThat(midi.sounds(3, 60)).isTrue();
        midi.handle(OFF | 3, 60, 0);
        assertThat(heard.calls).containsExactly("on 3 60 100", "off 3 60");
    }

    @Test
    void velocityZeroEndsANote() {
        play(60);
        midi.handle(ON, 60, 0);
        assertThat(heard.calls).containsExactly("on 0 60 100", "off 0 60");
    }

    @Test
    void aKeyStruckAgainEndsItsNoteFirst() {
        play(60);
        play(60);
        assertThat(heard.calls).containsExactly("on 0 60 100", "off 0 60", "on 0 60 100");
    }

    @Test
    void thePedalKeepsWhatIsLetGo() {
        control(64, 127);
        play(60);
        play(100);
        release(60);
        release(100);
        heard.calls.clear();
        control(64, 0);
        assertThat(heard.calls).containsExactly("off 0 60", "off 0 100", "control 0 64");
    }

    @Test
    void thePedalsRiseLeavesPressedKeysAlone() {
        play(60);
        control(64, 100);
        control(64, 63);
        assertThat(midi.sounds(0, 60)).isTrue();
    }

    @Test
    void sostenutoKeepsOnlyWhatWasPressed() {
        play(60);
        control(66, 127);
        play(64);
        release(60);
        release(64);
        assertThat(midi.sounds(0, 60)).isTrue();
        assertThat(midi.sounds(0, 64)).isFalse();
        control(66, 0);
        assertThat(midi.soundingNotes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {123, 124, 125, 126, 127})
    void allNotesOffLetsEveryKeyGo(int message) {
        play(60);
        play(67);
        control(message, 0);
        assertThat(heard.last()).isEqualTo("notes off 0");
        assertThat(midi.soundingNotes()).isZero();
    }

    @Test
    void allNotesOffUnderThePedalWaitsForIt() {
        control(64, 127);
        play(60);
        control(123, 0);
        assertThat(midi.sounds(0, 60)).isTrue();
        control(64, 0);
        assertThat(midi.sounds(0, 60)).isFalse();
    }

    @Test
    void allSoundOffSilencesEvenUnderThePedal() {
        control(64, 127);
        play(60);
        control(120, 0);
        assertThat(heard.last()).isEqualTo("sound off 0");
        assertThat(midi.soundingNotes()).isZero();
    }

    @Test
    void resettingControllersLiftsThePedalButKeepsTheVolume() {
        control(7, 90);
        control(1, 50);
        control(11, 20);
        control(64, 127);
        midi.handle(BEND, 0, 0);
        midi.handle(0xd0, 70, 0);
        midi.handle(0xa0, 60, 70);
        play(60);
        release(60);
        control(121, 0);
        assertThat(midi.soundingNotes()).isZero();
        assertThat(midi.bendSemitones(0)).isZero();
        assertThat(midi.modulation(0)).isZero();
        assertThat(midi.pressure(0)).isZero();
        assertThat(midi.keyPressure(0, 60)).isZero();
        assertThat(midi.expression(0)).isEqualTo(1f);
        assertThat(midi.controlValue(0, 7)).isEqualTo(90 / 127f);
    }

    @ParameterizedTest
    @CsvSource({"127, 0", "64, -11.91", "100, -4.15", "1, -84.15"})
    void volumeAndExpressionFollowTheMidiCurve(int value, double gainDb) {
        control(7, value);
        control(11, value);
        assertThat(Units.gainToDb(midi.volume(0))).isCloseTo(gainDb, within(0.01));
        assertThat(midi.expression(0)).isEqualTo(midi.volume(0));
    }

    @Test
    void wheelsAndPressuresAreRead() {
        control(1, 127);
        control(21, 127);
        midi.handle(0xd0, 127, 0);
        midi.handle(0xa0, 60, 127);
        assertThat(midi.modulation(0)).isEqualTo(1f);
        assertThat(midi.controlValue(0, 21)).isEqualTo(1f);
        assertThat(midi.pressure(0)).isEqualTo(1f);
        assertThat(midi.keyPressure(0, 60)).isEqualTo(1f);
        assertThat(midi.modulation(1)).isZero();
        assertThat(heard.calls).containsExactly("control 0 1", "control 0 21", "control 0 129", "pressure 0 60");
    }

    @Test
    void theBendSpansTwoSemitonesAtFirst() {
        midi.handle(BEND, 0, 0);
        assertThat(midi.bendSemitones(0)).isEqualTo(-2f);
        midi.handle(BEND, 127, 127);
        assertThat(midi.bendSemitones(0)).isCloseTo(2f, within(3e-4f));
        midi.handle(BEND, 0, 64);
        assertThat(midi.bendSemitones(0)).isZero();
    }

    @Test
    void aRegisteredParameterSetsTheBendRangeOfItsChannel() {
        midi.setBendRange(7);
        bendRange(12, 50);
        midi.handle(BEND, 0, 0);
        midi.handle(BEND | 1, 0, 0);
        assertThat(midi.bendSemitones(0)).isEqualTo(-12.5f);
        assertThat(midi.bendSemitones(1)).isEqualTo(-7f);
    }

    @Test
    void theBendRangeStepsByCents() {
        bendRange(2, 99);
        control(96, 0);
        midi.handle(BEND, 0, 0);
        assertThat(midi.bendSemitones(0)).isEqualTo(-3f);
        control(97, 0);
        control(97, 0);
        assertThat(midi.bendSemitones(0)).isCloseTo(-2.98f, within(1e-5f));
    }

    @Test
    void withoutARegisteredParameterDataEntryMeansNothing() {
        midi.handle(BEND, 0, 0);
        control(6, 12);
        assertThat(midi.bendSemitones(0)).as("none was chosen").isEqualTo(-2f);
        bendRange(5, 0);
        control(101, 127);
        control(100, 127);
        control(6, 12);
        assertThat(midi.bendSemitones(0)).as("the null parameter").isEqualTo(-5f);
        bendRange(5, 0);
        control(99, 0);
        control(98, 0);
        control(6, 12);
        assertThat(midi.bendSemitones(0)).as("a parameter that is not registered").isEqualTo(-5f);
    }

    @Test
    void theProgramComesWithItsBank() {
        control(0, 1);
        control(32, 2);
        midi.handle(0xc0, 40, 0);
        midi.handle(0xc1, 41, 0);
        assertThat(heard.calls).endsWith("program 0 130 40", "program 1 0 41");
    }

    @Test
    void aSystemResetSetsAllBack() {
        bendRange(12, 0);
        control(7, 1);
        play(60);
        midi.handle(0xff, 0, 0);
        midi.handle(BEND, 0, 0);
        assertThat(midi.soundingNotes()).isZero();
        assertThat(midi.bendSemitones(0)).isEqualTo(-2f);
        assertThat(midi.controlValue(0, 7)).isEqualTo(100 / 127f);
    }

    @Test
    void otherSystemMessagesMeanNothing() {
        play(60);
        for (int status = 0xf0; status < 0xff; status++) {
            midi.handle(status, 1, 2);
        }
        assertThat(heard.calls).containsExactly("on 0 60 100");
    }

    @Test
    void keysBecomeFrequencies() {
        ParameterValues values = new ParameterValues();
        assertThat(Tuning.hz(values, 69)).isEqualTo(440);
        values.set(Parameters.TUNING, 442);
        values.set(Parameters.OCTAVE, -1);
        values.set(Parameters.SEMITONES, 12);
        assertThat(Tuning.hz(values, 69)).isCloseTo(442, within(1e-9));
        values.set(Parameters.FINE, 50);
        assertThat(Units.cents(Tuning.hz(values, 60.25), Units.midiToHz(60))).isCloseTo(
                75 + Units.cents(442, 440), within(1e-6));
    }

    private void play(int key) {
        midi.handle(ON, key, 100);
    }

    private void release(int key) {
        midi.handle(OFF, key, 64);
    }

    private void control(int number, int value) {
        midi.handle(CONTROL, number, value);
    }

    private void bendRange(int semitones, int cents) {
        control(101, 0);
        control(100, 0);
        control(6, semitones);
        control(38, cents);
    }

    /** Writes down what it is told. */
    private static final class Heard implements MidiState.Notes {
        final List<String> calls = new ArrayList<>();

        String last() {
            return calls.getLast();
        }

        @Override
        public void noteOn(int channel, int key, int velocity) {
            calls.add("on " + channel + " " + key + " " + velocity);
        }

        @Override
        public void noteOff(int channel, int key) {
            calls.add("off " + channel + " " + key);
        }

        @Override
        public void allNotesOff(int channel) {
            calls.add("notes off " + channel);
        }

        @Override
        public void allSoundOff(int channel) {
            calls.add("sound off " + channel);
        }

        @Override
        public void programChange(int channel, int bank, int program) {
            calls.add("program " + channel + " " + bank + " " + program);
        }

        @Override
        public void controlChanged(int channel, int control) {
            calls.add("control " + channel + " " + control);
        }

        @Override
        public void keyPressureChanged(int channel, int key) {
            calls.add("pressure " + channel + " " + key);
        }

        @Override
        public void parameterSet(int number, int value) {
            calls.add("parameter " + number + " " + value);
        }

        @Override
        public void parameterStepped(int number, int step) {
            calls.add("step " + number + " " + step);
        }

        @Override
        public void modulationRangeSet(float semitones) {
            calls.add("modulation " + semitones);
        }
    }
}
