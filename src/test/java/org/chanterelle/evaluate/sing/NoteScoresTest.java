package org.chanterelle.evaluate.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.chanterelle.signal.Selection;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteFolders;
import org.chanterelle.train.notes.NoteSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses and baselines equal what a hand computes. */
final class NoteScoresTest {
    @TempDir
    Path folder;

    private final LogSpectrum spectra = new LogSpectrum();
    private NoteFolder notes;

    @BeforeEach
    void writesNotes() {
        NoteFolders.writeSet(folder.resolve("train"),
                List.of(NoteFolders.entry("soft", 60, 100), NoteFolders.entry("soft", 64, 100),
                        NoteFolders.entry("soft", 62, 50), NoteFolders.entry("bright", 62, 100)));
        NoteFolders.writeSet(folder.resolve("test"),
                List.of(NoteFolders.entry("soft", 61, 100), NoteFolders.entry("soft", 62, 100),
                        NoteFolders.entry("soft", 70, 100)));
        notes = NoteFolder.open(folder, 1);
    }

    @Test
    void thePerfectGeneratorHasNoLoss() {
        NoteScores scores = NoteScores.of(notes, notes.notes(NoteSet.TEST), notes::load, share -> {});
        assertThat(scores).isEqualTo(new NoteScores(3, 0, 0));
    }

    @Test
    void silenceHasTheNotesOwnLogSpectrumAndPower() {
        List<NoteEntry> one = List.of(notes.notes(NoteSet.TEST).getFirst());
        NoteScores scores = NoteScores.of(notes, one, note -> new float[NoteFolder.FRAMES], share -> {});
        float[] truth = notes.load(one.getFirst());
        double power = 0;
        for (float sample : truth) {
            power += (double) sample * sample / truth.length;
        }
        double sum = 0;
        float[][] spectrum = spectra.of(truth);
        for (float[] row : spectrum) {
            for (float bin : row) {
                sum += bin;
            }
        }
        assertThat(scores.waveformMse()).isCloseTo(power, within(1e-9));
        assertThat(scores.spectralLoss()).isCloseTo(sum / (spectrum.length * 513), within(1e-6));
    }

    @Test
    void theNearestTrainingPitchIsOfTheSameInstrumentAndVelocity() {
        Baselines baselines = new Baselines(notes, spectra);
        List<NoteEntry> test = notes.notes(NoteSet.TEST);
        assertThat(baselines.nearest(test.get(0)).orElseThrow().pitch()).isEqualTo(60);
        assertThat(baselines.nearest(test.get(1)).orElseThrow().pitch()).as("of two as near the lower").isEqualTo(60);
        assertThat(baselines.nearest(test.get(2)).orElseThrow().pitch()).isEqualTo(64);
        assertThat(baselines.nearest(NoteFolders.entry("bright", 62, 50))).isEmpty();
    }

    @Test
    void theBaselinesAreMeans() {
        NoteEntry note = notes.notes(NoteSet.TEST).getFirst();
        float[][] truth = spectra.of(notes.load(note));
        List<NoteEntry> train = notes.notes(NoteSet.TRAIN);
        float[][] first = spectra.of(notes.load(train.get(0)));
        float[][] second = spectra.of(notes.load(train.get(1)));
        float[][] third = spectra.of(notes.load(train.get(2)));
        double mean = 0;
        for (int i = 0; i < truth.length; i++) {
            for (int k = 0; k < 513; k++) {
                mean += Math.abs((first[i][k] + second[i][k] + third[i][k]) / 3.0 - truth[i][k]) / (truth.length * 513);
            }
        }
        NoteScores.Baseline baseline = NoteScores.baseline(notes, List.of(note), share -> {});
        assertThat(baseline.meanSpectrum()).isCloseTo(mean, within(1e-6));
        assertThat(baseline.nearestPitch()).isCloseTo(LogSpectrum.distance(first, truth), within(1e-9));
        assertThat(baseline.silence()).isCloseTo(
                NoteScores.of(notes, List.of(note), any -> new float[NoteFolder.FRAMES], share -> {}).spectralLoss(),
                within(1e-9));
        assertThat(baseline.better()).isEqualTo(Math.min(baseline.meanSpectrum(), baseline.nearestPitch()));
    }

    @Test
    void notesAreSpreadEvenly() {
        assertThat(Selection.spread(notes.notes(NoteSet.TRAIN), 2)).extracting(NoteEntry::pitch).containsExactly(60, 62);
        assertThat(Selection.spread(notes.notes(NoteSet.TRAIN), 9)).hasSize(4);
    }
}
