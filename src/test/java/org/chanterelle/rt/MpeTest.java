package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.KeyScale;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zones, what a manager's controls do to its members, and the frequencies that come of it. */
final class MpeTest {
    private static final int CONTROL = 0xb0;
    private static final int BEND = 0xe0;
    private static final int LOWER = 0;
    private static final int UPPER = 15;

    private final ChannelValues channels = new ChannelValues();
    private final ParameterValues values = new ParameterValues();
    private final List<String> heard = new ArrayList<>();
    private final MidiState midi = new MidiState(new Following());

    @Test
    void aMembersNoteBendsAloneAndByFortyEightSemitones() {
        configure(LOWER, 7);
        midi.handle(BEND | 1, 0, 96);
        midi.handle(BEND | 2, 0, 32);
        assertThat(hz(1, 57)).isCloseTo(220 * 4, within(1e-3));
        assertThat(hz(2, 57)).isCloseTo(220 / 4.0, within(1e-4));
        assertThat(hz(3, 57)).isCloseTo(220, within(1e-4));
        assertThat(hz(8, 57)).as("outside of the zone").isCloseTo(220, within(1e-4));
    }

    @Test
    void theManagersBendOfTwoSemitonesMovesAllItsMembers() {
        configure(LOWER, 7);
        midi.handle(BEND | LOWER, 0, 96);
        midi.handle(BEND | 4, 0, 64 + 16);
        assertThat(hz(1, 69)).isCloseTo(466.163762, within(1e-3));
        assertThat(hz(LOWER, 69)).isCloseTo(466.163762, within(1e-3));
        assertThat(hz(4, 57)).as("an octave of its own and the manager's semitone").isCloseTo(466.163762, within(1e-3));
        assertThat(hz(8, 69)).isCloseTo(440, within(1e-3));
    }

    @Test
    void theUpperZoneCountsDownFromItsManager() {
        configure(UPPER, 3);
        midi.handle(BEND | UPPER, 0, 0);
        for (int channel = 0; channel < 16; channel++) {
            assertThat(hz(channel, 69)).as("channel %d", channel)
                    .isCloseTo(channel >= 12 ? 391.995436 : 440, within(1e-3));
        }
    }

    @ParameterizedTest
    @CsvSource({
            "7, 7, 7, 7", "7, 8, 6, 8", "10, 14, 0, 14", "10, 15, 0, 15", "14, 0, 14, 0", "15, 0, 15, 0", "3, 127, 0, 15",
    })
    void theLaterZoneTakesWhatItNeeds(int lower, int upper, int lowerLeft, int upperLeft) {
        configure(LOWER, lower);
        configure(UPPER, upper);
        midi.handle(BEND | LOWER, 127, 127);
        midi.handle(BEND | UPPER, 0, 0);
        int raised = 0;
        int lowered = 0;
        for (int channel = 1; channel < 15; channel++) {
            raised += channels.bendSemitones(channel) > 0 ? 1 : 0;
            lowered += channels.bendSemitones(channel) < 0 ? 1 : 0;
        }
        assertThat(raised).isEqualTo(Math.min(14, lowerLeft));
        assertThat(lowered).isEqualTo(Math.min(14, upperLeft));
        assertThat(midi.isMember(LOWER)).isEqualTo(upperLeft == 15);
        assertThat(midi.isMember(UPPER)).isEqualTo(lowerLeft == 15);
    }

    @Test
    void onlyTheFirstAndTheLastChannelAreToldOfZones() {
        configure(5, 4);
        for (int channel = 0; channel < 16; channel++) {
            assertThat(midi.isMember(channel)).isFalse();
        }
    }

    @Test
    void aMembersBendRangeIsThatOfAllMembersButNotOfTheManager() {
        configure(LOWER, 5);
        registered(3, 0, 12);
        midi.handle(BEND | 1, 0, 0);
        midi.handle(BEND | 5, 0, 0);
        assertThat(channels.bendSemitones(1)).isEqualTo(-12f);
        assertThat(channels.bendSemitones(5)).isEqualTo(-12f);
        midi.handle(BEND | LOWER, 0, 0);
        assertThat(channels.bendSemitones(LOWER)).isEqualTo(-2f);
        assertThat(channels.bendSemitones(1)).isEqualTo(-14f);
    }

    @Test
    void aNewZoneEndsItsNotesAndResetsItsControllers() {
        midi.handle(0x90 | 2, 60, 100);
        midi.handle(0x90 | 9, 60, 100);
        midi.handle(CONTROL | 2, 64, 127);
        midi.handle(BEND | 2, 0, 0);
        heard.clear();
        configure(LOWER, 4);
        assertThat(midi.sounds(2, 60)).isFalse();
        assertThat(midi.sounds(9, 60)).as("outside of the zone").isTrue();
        assertThat(channels.bendSemitones(2)).isZero();
        midi.handle(0x90 | 2, 60, 100);
        midi.handle(BEND | 2, 0, 0);
        configure(LOWER, 0);
        assertThat(midi.sounds(2, 60)).isFalse();
        midi.handle(BEND | 2, 0, 0);
        assertThat(channels.bendSemitones(2)).as("no member any more").isEqualTo(-2f);
    }

    @Test
    void pressureAndBrightnessAreThoseOfTheNoteAndItsManager() {
        configure(LOWER, 5);
        midi.handle(0xd0 | 1, 64, 0);
        midi.handle(CONTROL | 1, 74, 127);
        assertThat(channels.pressure(1, 60)).isEqualTo(64 / 127f);
        assertThat(channels.pressure(2, 60)).isZero();
        assertThat(channels.brightness(1)).isEqualTo(1f);
        assertThat(channels.brightness(2)).isEqualTo(0.5f);
        midi.handle(0xd0 | LOWER, 100, 0);
        midi.handle(CONTROL | LOWER, 74, 0);
        assertThat(channels.pressure(1, 60)).isEqualTo(100 / 127f);
        assertThat(channels.brightness(2)).isZero();
        assertThat(channels.brightness(1)).as("the two take each other back").isBetween(0.48f, 0.5f);
        assertThat(channels.brightness(8)).isEqualTo(0.5f);
    }

    @Test
    void theManagersPedalKeepsTheNotesOfItsZone() {
        configure(LOWER, 5);
        midi.handle(CONTROL | LOWER, 64, 127);
        midi.handle(0x90 | 3, 60, 100);
        midi.handle(0x80 | 3, 60, 0);
        midi.handle(0x90 | 9, 60, 100);
        midi.handle(0x80 | 9, 60, 0);
        assertThat(midi.sounds(3, 60)).isTrue();
        assertThat(midi.sounds(9, 60)).isFalse();
        midi.handle(CONTROL | LOWER, 64, 0);
        assertThat(midi.sounds(3, 60)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 123, 126})
    void theManagerEndsTheNotesOfItsZone(int mode) {
        configure(UPPER, 5);
        midi.handle(0x90 | 12, 60, 100);
        midi.handle(0x90 | 1, 60, 100);
        midi.handle(CONTROL | UPPER, mode, 0);
        assertThat(midi.sounds(12, 60)).isFalse();
        assertThat(midi.sounds(1, 60)).isTrue();
    }

    @Test
    void volumeAndProgramAreTheManagers() {
        configure(LOWER, 5);
        midi.handle(CONTROL | LOWER, 7, 127);
        midi.handle(CONTROL | 1, 7, 1);
        assertThat(channels.volume(1)).isEqualTo(1f);
        heard.clear();
        midi.handle(0xc0 | 1, 5, 0);
        midi.handle(0xc0 | LOWER, 6, 0);
        assertThat(heard).containsExactly("program 6");
    }

    @Test
    void aSystemResetDissolvesTheZonesAndAPanicDoesNot() {
        configure(LOWER, 5);
        midi.panic();
        assertThat(midi.isMember(3)).isTrue();
        midi.handle(0xff, 0, 0);
        assertThat(midi.isMember(3)).isFalse();
    }

    @Test
    void aScaleTransposesWithItsKeyUnderTheBend() {
        double[] hz = new double[KeyScale.KEYS];
        Arrays.setAll(hz, Units::midiToHz);
        hz[64] = 330;
        channels.setScale(new KeyScale(hz));
        configure(LOWER, 5);
        midi.handle(BEND | 1, 0, 64 + 16);
        values.set(Parameters.TUNING, 442);
        assertThat(hz(1, 64)).isCloseTo(660 * 442 / 440.0, within(1e-2));
        assertThat(Tuning.ratio(values, channels, 1, 64) * Units.midiToHz(64)).isCloseTo(hz(1, 64), within(1e-4));
        assertThat(hz(2, 69)).isCloseTo(442, within(1e-3));
    }

    private double hz(int channel, int key) {
        return Tuning.hz(values, channels, channel, key);
    }

    private void configure(int manager, int members) {
        registered(manager, 6, members);
    }

    private void registered(int channel, int parameter, int value) {
        midi.handle(CONTROL | channel, 101, 0);
        midi.handle(CONTROL | channel, 100, parameter);
        midi.handle(CONTROL | channel, 6, value);
    }

    /** What the callback does with controls. */
    private final class Following implements MidiState.Notes {
        @Override
        public void noteOn(int channel, int key, int velocity) {
            heard.add("on " + channel + " " + key);
        }

        @Override
        public void noteOff(int channel, int key) {
            heard.add("off " + channel + " " + key);
        }

        @Override
        public void allNotesOff(int channel) {
            heard.add("notes off " + channel);
        }

        @Override
        public void allSoundOff(int channel) {
            heard.add("sound off " + channel);
        }

        @Override
        public void programChange(int channel, int bank, int program) {
            heard.add("program " + program);
        }

        @Override
        public void controlChanged(int channel, int control) {
            channels.follow(midi, channel, false);
        }

        @Override
        public void keyPressureChanged(int channel, int key) {
            channels.followKey(midi, channel, key);
        }

        @Override
        public void parameterSet(int number, int value) {
            heard.add("parameter " + number);
        }

        @Override
        public void parameterStepped(int number, int step) {
            heard.add("step " + number);
        }

        @Override
        public void modulationRangeSet(float semitones) {
            heard.add("modulation " + semitones);
        }
    }
}
