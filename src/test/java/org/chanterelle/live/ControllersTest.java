package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.chanterelle.rt.ChannelValues;
import org.chanterelle.rt.MidiMap;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What controllers, registered and unregistered parameters say, through the callback. */
final class ControllersTest {
    private static final double RATE_HZ = 16_000;

    @TempDir
    static Path folder;

    private static LiveSound sound;

    private StageBench bench;
    private ChannelValues channels;

    @BeforeAll
    static void loadsAModel() {
        sound = LiveSound.ofKeys(StageBench.small(folder.resolve("model")));
    }

    @BeforeEach
    void opensAStage() {
        bench = new StageBench(sound, RATE_HZ, 256);
        channels = bench.stage.channels;
    }

    @Test
    void everyParameterIsTurnedByItsNumber() {
        for (Parameter parameter : Parameters.ALL) {
            choose(99, 98, parameter.nrpn());
            controls(6, 127);
            assertThat(bench.stage.values.get(parameter)).as(parameter.id()).isEqualTo(parameter.max());
            controls(6, 0);
            assertThat(bench.stage.values.get(parameter)).as(parameter.id()).isEqualTo(parameter.min());
            controls(6, 64);
            controls(38, 0);
            float middle = parameter.min() + (parameter.max() - parameter.min()) * 8192 / 16383;
            assertThat(bench.stage.values.get(parameter)).as(parameter.id())
                    .isCloseTo(middle, within(1e-4f * (parameter.max() - parameter.min())));
        }
    }

    @Test
    void dataStepsTurnAParameterByAHundredAndTwentySeventhOfItsRange() {
        choose(99, 98, Parameters.VELOCITY.nrpn());
        controls(97, 0);
        assertThat(bench.stage.values.get(Parameters.VELOCITY)).isCloseTo(126 / 127f, within(1e-6f));
        controls(96, 0);
        controls(96, 0);
        assertThat(bench.stage.values.get(Parameters.VELOCITY)).isEqualTo(1f);
    }

    @Test
    void unknownNumbersAndTheNullTurnNothing() {
        for (int number : new int[] {0, Parameters.GAIN.nrpn() - 1, Parameters.GAIN.nrpn() + Parameters.ALL.size(), 16_383}) {
            choose(99, 98, number);
            controls(6, 127);
            controls(96, 0);
        }
        choose(99, 98, Parameters.GAIN.nrpn());
        choose(101, 100, 16_383);
        controls(6, 127);
        for (Parameter parameter : Parameters.ALL) {
            assertThat(bench.stage.values.get(parameter)).as(parameter.id()).isEqualTo(parameter.defaultValue());
        }
    }

    @Test
    void aRegisteredParameterChosenHalfwayIsNotTheOldUnregisteredOne() {
        choose(99, 98, Parameters.GAIN.nrpn());
        controls(101, 0);
        controls(6, 127);
        assertThat(bench.stage.values.get(Parameters.GAIN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"64, 0, 0", "127, 127, 0.99987793", "0, 0, -1", "96, 0, 0.5", "64, 64, 0.0078125"})
    void registeredParameterOneTunesItsChannelByUpToASemitone(int high, int low, float semitones) {
        choose(101, 100, 1);
        controls(6, high);
        controls(38, low);
        assertThat(channels.bendSemitones(0)).isCloseTo(semitones, within(1e-6f));
        assertThat(channels.bendSemitones(1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"64, 0", "76, 12", "40, -24", "127, 63"})
    void registeredParameterTwoTunesInSemitones(int value, float semitones) {
        choose(101, 100, 2);
        controls(6, value);
        assertThat(channels.bendSemitones(0)).isEqualTo(semitones);
        controls(96, 0);
        assertThat(channels.bendSemitones(0)).isEqualTo(Math.min(63, semitones + 1));
    }

    @Test
    void registeredParameterFiveIsTheDepthOfTheVibrato() {
        choose(101, 100, 5);
        controls(6, 1);
        controls(38, 64);
        assertThat(bench.stage.values.get(Parameters.VIBRATO_DEPTH)).isEqualTo(150f);
    }

    @Test
    void portamentoTimeIsTwoSecondsTimesTheSquareOfItsTwoBytes() {
        controls(5, 127);
        assertThat(channels.portamentoSeconds(0)).isEqualTo(2f);
        controls(5, 64);
        controls(37, 0);
        assertThat(channels.portamentoSeconds(0)).isCloseTo(2 * (8192 / 16383f) * (8192 / 16383f), within(1e-6f));
        controls(5, 0);
        assertThat(channels.portamentoSeconds(0)).isZero();
    }

    @Test
    void switchesAndBreathAreReadAndReset() {
        assertThat(channels.breath(0)).isEqualTo(-1f);
        controls(2, 127);
        controls(65, 127);
        controls(68, 64);
        controls(84, 50);
        assertThat(channels.breath(0)).isEqualTo(1f);
        assertThat(channels.portamento(0)).isTrue();
        assertThat(channels.legato(0)).isTrue();
        assertThat(channels.portamentoKey(0)).isEqualTo(50);
        note(60, 100);
        assertThat(channels.portamentoKey(0)).as("for one note").isEqualTo(-1);
        controls(121, 0);
        assertThat(channels.breath(0)).isEqualTo(-1f);
        assertThat(channels.portamento(0)).isFalse();
        assertThat(channels.legato(0)).isFalse();
    }

    @Test
    void aKeysPressureLastsUntilItIsStruckAgain() {
        bench.send(0xa0, 60, 127).send(0xa0, 61, 64);
        bench.playFrames(256);
        assertThat(channels.pressure(0, 60)).isEqualTo(1f);
        note(60, 100);
        assertThat(channels.pressure(0, 60)).isZero();
        assertThat(channels.pressure(0, 61)).isEqualTo(64 / 127f);
        controls(121, 0);
        assertThat(channels.pressure(0, 61)).isZero();
    }

    @Test
    void monoAndPolyAreAsLastSaid() {
        assertThat(channels.mono(0, true)).isTrue();
        assertThat(channels.mono(0, false)).isFalse();
        controls(126, 1);
        assertThat(channels.mono(0, false)).isTrue();
        controls(127, 0);
        assertThat(channels.mono(0, true)).isFalse();
    }

    @Test
    void aMappedControllerSeventyFourLeavesTheBrightnessAlone() {
        controls(74, 127);
        assertThat(channels.brightness(0)).isEqualTo(1f);
        bench.stage.process.setMap(new MidiMap(List.of(new ControlMapping(74, Parameters.ROOM, -40, 0))));
        controls(74, 120);
        assertThat(channels.brightness(0)).isEqualTo(0.5f);
        assertThat(bench.stage.values.get(Parameters.ROOM)).isCloseTo(-40 + 40 * 120 / 127f, within(1e-4f));
    }

    @Test
    void aControllerOfTwoBytesIsFineAndAloneSpansTheRange() {
        bench.stage.process.setMap(new MidiMap(List.of(
                new ControlMapping(20, Parameters.ROOM, -40, 0, 14), new ControlMapping(21, Parameters.DRY, 0, 1))));
        controls(20, 127);
        assertThat(bench.stage.values.get(Parameters.ROOM)).isZero();
        controls(20, 10);
        controls(52, 3);
        assertThat(bench.stage.values.get(Parameters.ROOM)).isCloseTo(-40 + 40 * 1283 / 16383f, within(1e-4f));
        controls(21, 127);
        controls(53, 0);
        assertThat(bench.stage.values.get(Parameters.DRY)).as("of one byte").isEqualTo(1f);
    }

    @Test
    void aMembersControllersTurnNoParameters() {
        bench.stage.process.setMap(new MidiMap(List.of(new ControlMapping(74, Parameters.ROOM, -40, 0))));
        choose(101, 100, 6);
        controls(6, 3);
        bench.send(StageBench.CONTROL | 2, 74, 0);
        bench.playFrames(256);
        assertThat(bench.stage.values.get(Parameters.ROOM)).isZero();
        assertThat(channels.brightness(2)).isZero();
    }

    @Test
    void theSoftPedalSoftensWhatIsStruckUnderIt() {
        bench.stage.values.set(Parameters.SHAPING, 0);
        note(69, 100);
        bench.play(0.4);
        double loud = Measure.rmsDb(bench.play(0.4));
        bench.send(StageBench.NOTE_OFF, 69, 0);
        bench.play(3);
        controls(67, 127);
        note(69, 100);
        bench.play(0.4);
        double soft = Measure.rmsDb(bench.play(0.4));
        bench.send(StageBench.NOTE_OFF, 69, 0);
        bench.play(3);
        controls(67, 0);
        note(69, 70);
        bench.play(0.4);
        assertThat(soft).isNotCloseTo(loud, within(0.1)).isCloseTo(Measure.rmsDb(bench.play(0.4)), within(0.5));
    }

    private void note(int key, int velocity) {
        bench.send(StageBench.NOTE_ON, key, velocity);
        bench.playFrames(256);
    }

    private void choose(int high, int low, int number) {
        controls(high, number >> 7);
        controls(low, number & 0x7f);
    }

    private void controls(int number, int value) {
        bench.send(StageBench.CONTROL, number, value);
        bench.playFrames(256);
    }
}
