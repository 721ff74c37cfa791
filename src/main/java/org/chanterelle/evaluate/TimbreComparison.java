package org.chanterelle.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.signal.FeatureTrack;

/** Collects outputs, voices and sawtooths, and measures their distance to the instrument in the pitch range that was played. */
final class TimbreComparison {
    private final TimbreFrames frames = new TimbreFrames();
    private final List<double[]> outputs = new ArrayList<>();
    private final List<double[]> voices = new ArrayList<>();
    private final List<double[]> sawtooths = new ArrayList<>();
    private final List<Double> pitchesHz = new ArrayList<>();

    /** Adds one transfer; sounds at 16 kHz. */
    void add(float[] output, float[] voice, float[] sawtooth, FeatureTrack played) {
        outputs.addAll(frames.of(output, i -> true));
        voices.addAll(frames.of(voice, i -> true));
        sawtooths.addAll(frames.of(sawtooth, i -> true));
        for (int i = 0; i < played.length(); i++) {
            if (played.voiced()[i]) {
                pitchesHz.add((double) played.f0Hz()[i]);
            }
        }
    }

    /** The distances, or null when there is too little to compare. */
    TransferReport.Timbre compare(Instrument train, Instrument heldOut) {
        double[] sorted = pitchesHz.stream().mapToDouble(hz -> hz).sorted().toArray();
        if (sorted.length < 100) {
            return null;
        }
        double lowHz = sorted[sorted.length / 100];
        double highHz = sorted[sorted.length - 1 - sorted.length / 100];
        List<double[]> reference = notes(train, lowHz, highHz);
        List<double[]> unheard = notes(heldOut, lowHz, highHz);
        int count = Math.min(Math.min(outputs.size(), voices.size()), Math.min(sawtooths.size(), unheard.size()));
        if (count < 2 || reference.size() < 2) {
            return null;
        }
        return new TransferReport.Timbre(
                lowHz,
                highHz,
                count,
                FrechetDistance.between(thinned(outputs, count), reference),
                FrechetDistance.between(thinned(unheard, count), reference),
                FrechetDistance.between(thinned(voices, count), reference),
                FrechetDistance.between(thinned(sawtooths, count), reference));
    }

    /**
     * Distances of sets of sounds at 16 kHz, each set pooled, to all notes of the instrument's training recordings, and last that of the
     * recordings that the model has not heard; all thinned to equal number.
     */
    static double[] distances(Instrument train, Instrument heldOut, List<List<float[]>> sets) {
        TimbreComparison comparison = new TimbreComparison();
        List<List<double[]>> vectors = new ArrayList<>();
        for (List<float[]> sounds : sets) {
            List<double[]> pooled = new ArrayList<>();
            sounds.forEach(sound -> pooled.addAll(comparison.frames.of(sound, i -> true)));
            vectors.add(pooled);
        }
        vectors.add(comparison.notes(heldOut, 0, Double.POSITIVE_INFINITY));
        List<double[]> reference = comparison.notes(train, 0, Double.POSITIVE_INFINITY);
        int count = vectors.stream().mapToInt(List::size).min().orElseThrow();
        return count < 2
                ? vectors.stream().mapToDouble(set -> Double.NaN).toArray()
                : vectors.stream().mapToDouble(set -> FrechetDistance.between(thinned(set, count), reference)).toArray();
    }

    /** Vectors of the heard windows in which the instrument plays a pitch of that range. */
    private List<double[]> notes(Instrument instrument, double lowHz, double highHz) {
        List<double[]> vectors = new ArrayList<>();
        for (EqualisedSawtooth.Example clip : instrument.recordings()) {
            vectors.addAll(frames.of(clip.audio(), i -> plays(clip.features(), i / TimbreFrames.RATE_HZ, lowHz, highHz)));
        }
        return vectors;
    }

    private static boolean plays(FeatureTrack track, double timeS, double lowHz, double highHz) {
        int i = (int) Math.round(timeS * track.controlRateHz());
        return i < track.length() && track.voiced()[i] && track.f0Hz()[i] >= lowHz && track.f0Hz()[i] <= highHz;
    }

    private static List<double[]> thinned(List<double[]> vectors, int count) {
        double[][] kept = new double[count][];
        for (int i = 0; i < count; i++) {
            kept[i] = vectors.get((int) ((long) i * vectors.size() / count));
        }
        return Arrays.asList(kept);
    }
}
