package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MidiStateFuzzTest {
    private static final int ON = 0x90;
    private static final int OFF = 0x80;
    private static final int CONTROL = 0xb0;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noNoteIsStuckAfterAHundredThousandRandomEvents(long seed) {
        Random random = new Random(seed);
        Ledger ledger = new Ledger();
        MidiState fuzzed = new MidiState(ledger);
        for (int event = 0; event < 100_000; event++) {
            if (random.nextInt(300) == 0) {
                configureZone(fuzzed, random.nextInt(16), random.nextInt(16));
            } else if (random.nextInt(8) == 0) {
                int[] often = {64, 64, 66, 66, 120, 121, 123};
                fuzzed.handle(CONTROL | random.nextInt(16), often[random.nextInt(often.length)], random.nextInt(128));
            } else {
                fuzzed.handle(0x80 + random.nextInt(128), random.nextInt(256), random.nextInt(256));
            }
            assertThat(fuzzed.soundingNotes()).isEqualTo(ledger.sounding);
        }
        assertThat(ledger.mostSounding).isGreaterThan(16);
        fuzzed.panic();
        assertThat(ledger.sounding).isZero();
        assertThat(fuzzed.soundingNotes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void liftingEveryKeyAndPedalEndsEveryNote(long seed) {
        Random random = new Random(seed);
        Ledger ledger = new Ledger();
        MidiState fuzzed = new MidiState(ledger);
        for (int event = 0; event < 20_000; event++) {
            int kind = random.nextInt(10);
            int status = kind < 2 ? CONTROL : kind < 6 ? ON : OFF;
            fuzzed.handle(status, kind == 0 ? 64 : kind == 1 ? 66 : random.nextInt(128), random.nextInt(128));
        }
        for (int key = 0; key < 128; key++) {
            fuzzed.handle(OFF, key, 64);
        }
        fuzzed.handle(CONTROL, 64, 0);
        fuzzed.handle(CONTROL, 66, 0);
        assertThat(ledger.sounding).isZero();
    }

    private static void configureZone(MidiState midi, int channel, int members) {
        midi.handle(CONTROL | channel, 101, 0);
        midi.handle(CONTROL | channel, 100, 6);
        midi.handle(CONTROL | channel, 6, members);
    }

    /** Keeps account of the notes and insists that each begins and ends once. */
    private static final class Ledger implements MidiState.Notes {
        private final boolean[][] on = new boolean[16][128];
        int sounding;
        int mostSounding;

        @Override
        public void noteOn(int channel, int key, int velocity) {
            assertThat(on[channel][key]).isFalse();
            assertThat(velocity).isBetween(1, 127);
            on[channel][key] = true;
            mostSounding = Math.max(mostSounding, ++sounding);
        }

        @Override
        public void noteOff(int channel, int key) {
            assertThat(on[channel][key]).isTrue();
            on[channel][key] = false;
            sounding--;
        }

        @Override
        public void allNotesOff(int channel) {
            allSoundOff(channel);
        }

        @Override
        public void allSoundOff(int channel) {
            for (int key = 0; key < 128; key++) {
                if (on[channel][key]) {
                    noteOff(channel, key);
                }
            }
        }

        @Override
        public void programChange(int channel, int bank, int program) {
            assertThat(bank).isBetween(0, 16_383);
            assertThat(program).isBetween(0, 127);
        }

        @Override
        public void controlChanged(int channel, int control) {
            assertThat(control).isBetween(0, 130);
        }

        @Override
        public void keyPressureChanged(int channel, int key) {
            assertThat(channel * 128 + key).isBetween(0, 2047);
        }

        @Override
        public void parameterSet(int number, int value) {
            assertThat(number).isBetween(0, 16_382);
            assertThat(value).isBetween(0, 16_383);
        }

        @Override
        public void parameterStepped(int number, int step) {
            assertThat(number).isBetween(0, 16_382);
            assertThat(step * step).isEqualTo(1);
        }

        @Override
        public void modulationRangeSet(float semitones) {
            assertThat(semitones).isBetween(0f, 128f);
        }
    }
}
