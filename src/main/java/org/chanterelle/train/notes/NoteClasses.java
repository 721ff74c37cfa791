package org.chanterelle.train.notes;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a generator of these notes tells apart; the position in a list is the class.
 *
 * @param instruments names in alphabetical order
 * @param families family of each instrument, in the same order; empty where the index tells none
 * @param velocities in rising order; no class is left unused (NSynth's released code keeps 6 for 5 of them)
 * @param lowestPitch MIDI number
 * @param highestPitch MIDI number
 */
public record NoteClasses(
        List<String> instruments, List<String> families, List<Integer> velocities, int lowestPitch, int highestPitch) {
    /** The classes of some notes, at least one. */
    public static NoteClasses of(Collection<NoteEntry> notes) {
        if (notes.isEmpty()) {
            throw new IllegalArgumentException("no notes have no classes");
        }
        Map<String, String> families = new TreeMap<>();
        notes.forEach(note -> families.putIfAbsent(note.instrument(), note.family()));
        Map<String, String> ordered = new LinkedHashMap<>(families);
        return new NoteClasses(
                List.copyOf(ordered.keySet()),
                List.copyOf(ordered.values()),
                notes.stream().map(NoteEntry::velocity).distinct().sorted().toList(),
                notes.stream().mapToInt(NoteEntry::pitch).min().orElseThrow(),
                notes.stream().mapToInt(NoteEntry::pitch).max().orElseThrow());
    }

    /** Class of an instrument; -1 if it is none of these. */
    public int instrument(String name) {
        return instruments.indexOf(name);
    }

    /** Class of a velocity; -1 if it is none of these. */
    public int velocity(int velocity) {
        return velocities.indexOf(velocity);
    }
}
