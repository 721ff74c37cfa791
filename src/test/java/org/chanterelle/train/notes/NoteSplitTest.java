package org.chanterelle.train.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Held-out pitches are a tenth of each instrument's, never heard at any velocity. */
final class NoteSplitTest {
    @Test
    void holdsOutATenthOfEveryInstrumentsPitchesForEachOfTwoSets() {
        Map<NoteSet, List<NoteEntry>> split = NoteSplit.of(notes(), 5);
        for (String instrument : List.of("soft", "bright")) {
            assertThat(pitches(split, NoteSet.TRAIN, instrument)).hasSize(32);
            assertThat(pitches(split, NoteSet.VALID, instrument)).hasSize(4);
            assertThat(pitches(split, NoteSet.TEST, instrument)).hasSize(4);
        }
        assertThat(split.values().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(notes());
    }

    @Test
    void keepsAllVelocitiesOfAPitchTogether() {
        Map<String, Long> sets = NoteSplit.of(notes(), 5).entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(n -> n.instrument() + n.pitch() + " " + e.getKey()).distinct())
                .collect(Collectors.groupingBy(pair -> pair.split(" ")[0], Collectors.counting()));
        assertThat(sets.values()).containsOnly(1L);
    }

    @Test
    void isTheSameForTheSameSeedOnly() {
        assertThat(NoteSplit.of(notes(), 5)).isEqualTo(NoteSplit.of(notes(), 5)).isNotEqualTo(NoteSplit.of(notes(), 6));
    }

    @Test
    void doesNotDependOnTheOtherInstruments() {
        List<NoteEntry> alone = notes().stream().filter(n -> n.instrument().equals("soft")).toList();
        assertThat(pitches(NoteSplit.of(alone, 5), NoteSet.TEST, "soft"))
                .isEqualTo(pitches(NoteSplit.of(notes(), 5), NoteSet.TEST, "soft"));
    }

    @Test
    void givesEachSetAPitchFromThreeOn() {
        assertThat(NoteSplit.ofPitches("soft", List.of(60, 62, 64), 1).values()).containsExactlyInAnyOrder(NoteSet.values());
        assertThat(NoteSplit.ofPitches("soft", List.of(60, 62), 1).values()).containsOnly(NoteSet.TRAIN);
    }

    private static List<Integer> pitches(Map<NoteSet, List<NoteEntry>> split, NoteSet set, String instrument) {
        return split.get(set).stream().filter(n -> n.instrument().equals(instrument)).map(NoteEntry::pitch).distinct().toList();
    }

    private static List<NoteEntry> notes() {
        List<NoteEntry> notes = new ArrayList<>();
        for (String instrument : List.of("soft", "bright")) {
            IntStream.range(40, 80).forEach(pitch -> List.of(25, 100)
                    .forEach(velocity -> notes.add(NoteFolders.entry(instrument, pitch, velocity))));
        }
        return notes;
    }
}
