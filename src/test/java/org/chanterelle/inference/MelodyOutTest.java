package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.chanterelle.model.TestModels;
import org.chanterelle.rt.MidiBuffer;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;

class MelodyOutTest {
    private static final double CONTROL = 200;

    private record Message(int frame, int status, int data1, int data2) {
        boolean isNoteOn() {
            return (status & 0xf0) == 0x90;
        }

        boolean isNoteOff() {
            return (status & 0xf0) == 0x80;
        }

        boolean isBend() {
            return (status & 0xf0) == 0xe0;
        }

        double bendSemitones() {
            return ((data2 << 7 | data1) - 8192) / 8192.0 * MelodyOut.BEND_RANGE_SEMITONES;
        }
    }

    @Test
    void theBendRangeIsDeclaredOnceBeforeAll() {
        List<Message> messages = play(300, i -> 60);
        assertThat(messages.subList(0, 6)).containsExactly(new Message(0, 0xb2, 101, 0), new Message(0, 0xb2, 100, 0),
                new Message(0, 0xb2, 6, 12), new Message(0, 0xb2, 38, 0), new Message(0, 0xb2, 101, 127),
                new Message(0, 0xb2, 100, 127));
        assertThat(messages.stream().filter(m -> m.status() == 0xb2)).hasSize(6);
    }

    @Test
    void aNoteIsOneNoteOnAndOneNoteOff() {
        List<Message> messages = play(300, i -> i >= 20 && i < 200 ? 62.3 : Double.NaN);
        assertThat(messages.stream().filter(Message::isNoteOn)).singleElement()
                .satisfies(on -> assertThat(on.data1()).isEqualTo(62))
                .satisfies(on -> assertThat(on.frame()).isEqualTo(20))
                .satisfies(on -> assertThat(on.data2()).isBetween(20, 120));
        assertThat(messages.stream().filter(Message::isNoteOff)).singleElement()
                .satisfies(off -> assertThat(off.frame()).isEqualTo(200));
        assertThat(messages.stream().filter(Message::isBend).findFirst().orElseThrow().bendSemitones())
                .isCloseTo(0.3, within(0.01));
    }

    @Test
    void vibratoBendsTheNoteAndDoesNotRepeatIt() {
        List<Message> messages = play(600, i -> 69.4 + 0.9 * Math.sin(2 * Math.PI * 5.5 * i / CONTROL));
        assertThat(messages.stream().filter(Message::isNoteOn)).hasSize(1);
        double highest = messages.stream().filter(Message::isBend).mapToDouble(Message::bendSemitones).max().orElseThrow();
        double lowest = messages.stream().filter(Message::isBend).mapToDouble(Message::bendSemitones).min().orElseThrow();
        assertThat(highest - lowest).isCloseTo(1.8, within(0.05));
    }

    @Test
    void noteAndBendTogetherAreAlwaysThePitch() {
        IntToDoubleFunction pitch = i -> 60 + (i / 100 % 3) * 4 + 0.2 * Math.sin(i * 0.17) + (i % 100 < 10 ? -0.4 : 0);
        MelodyOut melody = new MelodyOut(TestModels.NORMALISATION, CONTROL, 2);
        int note = -1;
        double bend = 0;
        for (int i = 0; i < 600; i++) {
            for (Message message : step(melody, i, pitch.applyAsDouble(i), i == 0)) {
                note = message.isNoteOn() ? message.data1() : note;
                bend = message.isBend() ? message.bendSemitones() : bend;
            }
            assertThat(note + bend).isCloseTo(pitch.applyAsDouble(i), within(0.02));
        }
    }

    @Test
    void aLegatoStepBeginsAnotherNoteAndEndsTheFirst() {
        List<Message> messages = play(400, i -> i < 200 ? 60 : 62);
        assertThat(messages.stream().filter(Message::isNoteOn).map(Message::data1)).containsExactly(60, 62);
        assertThat(messages.stream().filter(Message::isNoteOff).map(Message::data1)).containsExactly(60);
        assertThat(messages.stream().filter(Message::isNoteOn).toList().get(1).frame()).isBetween(200, 206);
    }

    @Test
    void aChannelThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> new MelodyOut(TestModels.NORMALISATION, CONTROL, 16)).hasMessageContaining("0 to 15");
    }

    private static List<Message> play(int frames, IntToDoubleFunction midi) {
        MelodyOut melody = new MelodyOut(TestModels.NORMALISATION, CONTROL, 2);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            double now = midi.applyAsDouble(i);
            boolean opens = !Double.isNaN(now) && (i == 0 || Double.isNaN(midi.applyAsDouble(i - 1)));
            messages.addAll(step(melody, i, now, opens));
        }
        return messages;
    }

    private static List<Message> step(MelodyOut melody, int i, double midi, boolean opens) {
        VoiceFrame frame = new VoiceFrame();
        frame.index = i;
        frame.sounding = !Double.isNaN(midi);
        frame.gain = frame.sounding ? 1 : 0;
        frame.soundingHz = frame.sounding ? (float) Units.midiToHz(midi) : 440f;
        frame.features.loudnessDb = -4;
        frame.gateOpenSeconds = opens ? (i - 1) / CONTROL : Double.NaN;
        MidiBuffer out = new MidiBuffer(10);
        melody.play(frame, i, out);
        List<Message> messages = new ArrayList<>();
        for (int m = 0; m < out.count(); m++) {
            messages.add(new Message(out.frame(m), out.status(m), out.data1(m), out.data2(m)));
        }
        return messages;
    }
}
