package org.chanterelle.train.soundfont;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.chanterelle.train.notes.NoteSet;

/**
 * How far a sound font eases a split: it plays one sample on neighbouring keys, so that a held-out pitch may be a training pitch's
 * recording at another speed.
 *
 * @param testPairs (instrument, pitch) pairs held out for the test
 * @param shared those of them that play, at some velocity, a sample that a training pitch of the instrument plays
 * @param medianSemitones from such a pitch to the nearest that shares a sample with it; null if there is none
 */
public record SampleSharing(int testPairs, int shared, Double medianSemitones) {
    /** Looks up every held-out pair. */
    static SampleSharing of(SoundFont font, List<PlannedNote> notes) {
        Map<String, Map<Integer, Set<Integer>>> train = samples(font, notes, NoteSet.TRAIN);
        int pairs = 0;
        double[] distances = {};
        for (Map.Entry<String, Map<Integer, Set<Integer>>> test : samples(font, notes, NoteSet.TEST).entrySet()) {
            for (Map.Entry<Integer, Set<Integer>> pair : test.getValue().entrySet()) {
                int nearest = nearest(pair.getKey(), pair.getValue(), train.getOrDefault(test.getKey(), Map.of()));
                pairs++;
                if (nearest < Integer.MAX_VALUE) {
                    distances = Arrays.copyOf(distances, distances.length + 1);
                    distances[distances.length - 1] = nearest;
                }
            }
        }
        return new SampleSharing(pairs, distances.length, median(distances));
    }

    private static int nearest(int pitch, Set<Integer> samples, Map<Integer, Set<Integer>> train) {
        int nearest = Integer.MAX_VALUE;
        for (Map.Entry<Integer, Set<Integer>> other : train.entrySet()) {
            boolean shares = other.getValue().stream().anyMatch(samples::contains);
            nearest = shares ? Math.min(nearest, Math.abs(other.getKey() - pitch)) : nearest;
        }
        return nearest;
    }

    private static Map<String, Map<Integer, Set<Integer>>> samples(SoundFont font, List<PlannedNote> notes, NoteSet set) {
        Map<String, Map<Integer, Set<Integer>>> samples = new HashMap<>();
        for (PlannedNote note : notes) {
            if (note.set() == set) {
                samples.computeIfAbsent(note.instrument().name(), name -> new TreeMap<>())
                        .computeIfAbsent(note.pitch(), pitch -> new HashSet<>())
                        .addAll(font.samples(note.instrument().program(), note.pitch(), note.velocity()));
            }
        }
        return samples;
    }

    private static Double median(double[] values) {
        if (values.length == 0) {
            return null;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }
}
