package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.TimedMidi;
import org.junit.jupiter.api.Test;

/** Touching notes of a score are let go before the next. */
class BowedScoreTest {
    @Test
    void aNoteThatTouchesTheNextEndsSooner() {
        List<TimedMidi> played = BowedScore.of(List.of(on(0, 60), off(0.999, 60), on(1, 62), off(2, 62)));
        assertThat(played.get(1).seconds()).isCloseTo(0.927, within(0.029));
        assertThat(played.get(3)).isEqualTo(off(2, 62));
    }

    @Test
    void aShortNoteKeepsMostOfItsLength() {
        List<TimedMidi> played = BowedScore.of(List.of(on(0, 60), off(0.1, 60), on(0.1, 62), off(0.2, 62)));
        assertThat(played.get(1).seconds()).isCloseTo(0.063, within(0.0149));
    }

    @Test
    void liftsDifferAndAreTheSameForTheSameScore() {
        List<TimedMidi> score = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            score.add(on(i, 60));
            score.add(off(i + 1, 60));
        }
        double[] lifts = BowedScore.of(score).stream().filter(m -> m.status() == 0x80).limit(99)
                .mapToDouble(m -> Math.ceil(m.seconds()) - m.seconds()).toArray();
        assertThat(Arrays.stream(lifts).min().orElseThrow()).isBetween(0.04, 0.05);
        assertThat(Arrays.stream(lifts).max().orElseThrow()).isBetween(0.095, 0.105);
        assertThat(BowedScore.of(score)).isEqualTo(BowedScore.of(score));
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
        assertThat(played.get(2).seconds()).isBetween(0.89, 0.96).isEqualTo(played.get(3).seconds());
        assertThat(played).hasSameSizeAs(chord);
    }

    private static TimedMidi on(double seconds, int key) {
        return new TimedMidi(seconds, 0x90, key, 80);
    }

    private static TimedMidi off(double seconds, int key) {
        return new TimedMidi(seconds, 0x80, key, 0);
    }
}
