package org.chanterelle.audiofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.Test;

class MidiScoreTest {
    private static List<ScoreNote> notes(TimedMidi... messages) {
        return MidiScore.of(new MidiFile(0, List.of(messages), 9)).notes();
    }

    private static TimedMidi on(double seconds, int pitch, int velocity) {
        return new TimedMidi(seconds, 0x90, pitch, velocity);
    }

    private static TimedMidi pedal(double seconds, int value) {
        return new TimedMidi(seconds, 0xb0, 64, value);
    }

    @Test
    void aNoteEndsWhereItsKeyIsLetGo() {
        assertThat(notes(on(1, 60, 100), on(2, 60, 0))).containsExactly(new ScoreNote(1, 2, 60, 100, 0));
        assertThat(notes(on(1, 60, 100), new TimedMidi(3, 0x80, 60, 64))).containsExactly(new ScoreNote(1, 3, 60, 100, 0));
    }

    @Test
    void thePedalHoldsANoteUntilItIsLifted() {
        assertThat(notes(on(1, 60, 100), pedal(1.5, 127), on(2, 60, 0), pedal(4, 0)))
                .containsExactly(new ScoreNote(1, 4, 60, 100, 0));
        assertThat(notes(pedal(0, 127), on(1, 60, 100), pedal(1.5, 0), on(2, 60, 0)))
                .containsExactly(new ScoreNote(1, 2, 60, 100, 0));
    }

    @Test
    void aKeyStruckAgainUnderThePedalIsTwoNotes() {
        assertThat(notes(pedal(0, 64), on(1, 60, 100), on(2, 60, 0), on(3, 60, 50), on(4, 60, 0), pedal(5, 63)))
                .containsExactly(new ScoreNote(1, 3, 60, 100, 0), new ScoreNote(3, 5, 60, 50, 0));
    }

    @Test
    void whatIsNeverLetGoEndsWithTheFile() {
        assertThat(notes(on(1, 60, 100))).containsExactly(new ScoreNote(1, 9, 60, 100, 0));
    }

    @Test
    void eachChannelHasItsProgramAndDrumsAreLeftOut() {
        MidiScore score = MidiScore.of(new MidiFile(1, List.of(
                new TimedMidi(0, 0xc1, 46, 0), new TimedMidi(0, 0x91, 60, 80), new TimedMidi(0, 0x99, 35, 100),
                new TimedMidi(1, 0x81, 60, 0), new TimedMidi(1, 0x99, 35, 0)), 2));
        assertThat(score.notes()).containsExactly(new ScoreNote(0, 1, 60, 80, 46));
        assertThat(score.drumNotes()).isOne();
    }

    @Test
    void onOnePlayersKeyAnEarlierNoteEndsWhereALaterBegins() {
        List<ScoreNote> two = List.of(new ScoreNote(0, 3, 60, 50, 1), new ScoreNote(1, 2, 60, 90, 2),
                new ScoreNote(5, 6, 60, 50, 1), new ScoreNote(5, 7, 60, 40, 2));
        assertThat(MidiScore.solo(two, 46)).containsExactly(new ScoreNote(0, 1, 60, 50, 46), new ScoreNote(1, 2, 60, 90, 46),
                new ScoreNote(5, 7, 60, 50, 46));
    }

    @Test
    void allNotesOffRespectsThePedalAndAllSoundOffDoesNot() {
        assertThat(notes(on(1, 60, 100), pedal(1, 127), new TimedMidi(2, 0xb0, 123, 0), pedal(3, 0)))
                .containsExactly(new ScoreNote(1, 3, 60, 100, 0));
        assertThat(notes(on(1, 60, 100), pedal(1, 127), new TimedMidi(2, 0xb0, 120, 0), pedal(3, 0)))
                .containsExactly(new ScoreNote(1, 2, 60, 100, 0));
    }
}
