package org.chanterelle.evaluate.sing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteSet;

/**
 * What needs no model: the same instrument's nearest training pitch as it is, and the instrument's mean log spectrum over its
 * training notes of all pitches and velocities, window by window. Both know the training notes only.
 */
final class Baselines {
    private final NoteFolder notes;
    private final LogSpectrum spectra;
    private final Map<String, TreeMap<Integer, NoteEntry>> training = new HashMap<>();
    private final Map<String, float[][]> means = new HashMap<>();

    Baselines(NoteFolder notes, LogSpectrum spectra) {
        this.notes = notes;
        this.spectra = spectra;
        for (NoteEntry note : notes.notes(NoteSet.TRAIN)) {
            training.computeIfAbsent(key(note), key -> new TreeMap<>()).put(note.pitch(), note);
        }
    }

    /** Loss of the nearest training pitch, of the same instrument and velocity; of two as near, the lower. Empty if there is none. */
    Optional<Double> nearestPitch(NoteEntry note, float[][] truth) {
        return nearest(note).map(near -> LogSpectrum.distance(spectra.of(notes.load(near)), truth));
    }

    /** The training note that {@link #nearestPitch} plays. */
    Optional<NoteEntry> nearest(NoteEntry note) {
        TreeMap<Integer, NoteEntry> own = training.getOrDefault(key(note), new TreeMap<>());
        Map.Entry<Integer, NoteEntry> below = own.floorEntry(note.pitch());
        Map.Entry<Integer, NoteEntry> above = own.ceilingEntry(note.pitch());
        if (below == null || above != null && above.getKey() - note.pitch() < note.pitch() - below.getKey()) {
            return Optional.ofNullable(above).map(Map.Entry::getValue);
        }
        return Optional.of(below.getValue());
    }

    /** Loss of the instrument's mean log spectrum; means of one instrument after another are cheapest. */
    double meanSpectrum(NoteEntry note, float[][] truth) {
        return LogSpectrum.distance(means.computeIfAbsent(note.instrument(), this::mean), truth);
    }

    private float[][] mean(String instrument) {
        List<NoteEntry> own = notes.notes(NoteSet.TRAIN).stream().filter(n -> n.instrument().equals(instrument)).toList();
        double[][] sum = null;
        for (NoteEntry note : own) {
            float[][] spectrum = spectra.of(notes.load(note));
            sum = sum == null ? new double[spectrum.length][spectrum[0].length] : sum;
            for (int i = 0; i < sum.length; i++) {
                for (int k = 0; k < sum[i].length; k++) {
                    sum[i][k] += spectrum[i][k];
                }
            }
        }
        float[][] mean = new float[sum.length][sum[0].length];
        for (int i = 0; i < mean.length; i++) {
            for (int k = 0; k < mean[i].length; k++) {
                mean[i][k] = (float) (sum[i][k] / own.size());
            }
        }
        return mean;
    }

    private static String key(NoteEntry note) {
        return note.velocity() + " " + note.instrument();
    }
}
