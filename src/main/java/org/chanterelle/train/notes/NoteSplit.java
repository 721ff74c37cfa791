package org.chanterelle.train.notes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The published split: of each instrument's pitches a tenth for test and a tenth for validation, at all velocities, so that these
 * (instrument, pitch) pairs are never heard in training. An instrument's split depends on the seed, its name and its pitches alone.
 */
public final class NoteSplit {
    private static final double SHARE = 0.1;
    private static final int FEWEST_PITCHES = 3;

    private NoteSplit() {}

    /** Splits notes; each list keeps their order. */
    public static Map<NoteSet, List<NoteEntry>> of(List<NoteEntry> notes, long seed) {
        Map<String, Collection<Integer>> pitches = new TreeMap<>();
        notes.forEach(note -> pitches.computeIfAbsent(note.instrument(), name -> new TreeSet<>()).add(note.pitch()));
        Map<String, Map<Integer, NoteSet>> sets = new HashMap<>();
        pitches.forEach((instrument, own) -> sets.put(instrument, ofPitches(instrument, own, seed)));
        Map<NoteSet, List<NoteEntry>> split = new EnumMap<>(NoteSet.class);
        for (NoteSet set : NoteSet.values()) {
            split.put(set, notes.stream().filter(n -> sets.get(n.instrument()).get(n.pitch()) == set).toList());
        }
        return split;
    }

    /**
     * The set of each pitch of one instrument. An instrument of fewer than three pitches is for training only; of three or more each
     * set has at least one.
     */
    public static Map<Integer, NoteSet> ofPitches(String instrument, Collection<Integer> pitches, long seed) {
        List<Integer> shuffled = new ArrayList<>(new TreeSet<>(pitches));
        Collections.shuffle(shuffled, new Random(seed * 0x9E3779B97F4A7C15L + instrument.hashCode()));
        int held = shuffled.size() < FEWEST_PITCHES ? 0 : Math.max(1, (int) Math.round(SHARE * shuffled.size()));
        Map<Integer, NoteSet> sets = new TreeMap<>();
        for (int i = 0; i < shuffled.size(); i++) {
            sets.put(shuffled.get(i), i < held ? NoteSet.TEST : i < 2 * held ? NoteSet.VALID : NoteSet.TRAIN);
        }
        return sets;
    }
}
