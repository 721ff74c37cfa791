package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.Test;

/** Touching notes of a score are let go before the next. */
class BowedScoreTest {
    @Test
    void aNoteThatTouchesTheNextEndsSooner() {
        List<TimedMidi> played = BowedScore.of(List.of(on(0, 60), off(0.999, 60), on(1, 62), off(2, 62)));
        assertThat(played.get(1).seconds()).isCloseTo(0.924, within(1e-9));
        assertThat(played.get(3)).isEqualTo(off(2, 62));
    }

    @Test
    void aShortNoteKeepsMostOfItsLength() {
        List<TimedMidi> played = BowedScore.of(List.of(on(0, 60), off(0.1, 60), on(0.1, 62), off(0.2, 62)));
        assertThat(played.get(1).seconds()).isCloseTo(0.063, within(1e-9));
    }

    @Test
    void slurredAndDetachedNotesAndOtherChannelsAreAsWritten() {
        List<TimedMidi> slurred = List.of(on(0, 60), on(0.98, 62), off(1, 60), on(1.005, 64), off(2, 62), off(2, 64));
        assertThat(BowedScore.of(slurred)).isEqualTo(slurred);
        List<TimedMidi> apart = List.of(on(0, 60), off(0.9, 60), on(1, 62), off(2, 62));
        assertThat(BowedScore.of(apart)).isEqualTo(apart);
        List<TimedMidi> other = List.of(on(0, 60), off(1, 60), new TimedMidi(1, 0x91, 62, 80), new TimedMidi(2, 0x81, 62, 0));
        assertThat(BowedScore.of(other)).isEqualTo(other);
    }

    @Test
    void allNotesOfAChordEndSoonerAndTheOrderIsThatOfTime() {
        List<TimedMidi> chord = List.of(
                on(0, 60), on(0, 64), new TimedMidi(0.97, 0xb0, 1, 3), off(1, 60), new TimedMidi(1, 0x90, 64, 0), on(1, 62),
                off(2, 62));
        List<TimedMidi> played = BowedScore.of(chord);
        assertThat(played).extracting(TimedMidi::seconds).isSorted();
        assertThat(played.subList(2, 4)).allMatch(message -> Math.abs(message.seconds() - 0.925) < 1e-9);
        assertThat(played).hasSameSizeAs(chord);
    }

    private static TimedMidi on(double seconds, int key) {
        return new TimedMidi(seconds, 0x90, key, 80);
    }

    private static TimedMidi off(double seconds, int key) {
        return new TimedMidi(seconds, 0x80, key, 0);
    }
}
