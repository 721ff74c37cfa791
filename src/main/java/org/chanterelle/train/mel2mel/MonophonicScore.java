package org.chanterelle.train.mel2mel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.expression.PlayedNote;
import org.chanterelle.train.expression.RecordedNotes;

/**
 * A recording of a single line, as notes and as a spectrogram.
 *
 * @param notes that were heard
 * @param mel shape (frames, 80)
 */
public record MonophonicScore(List<ScoreNote> notes, float[][] mel) {
    private static final double MAX_SECONDS = 20;
    private static final int MEDIAN_VELOCITY = 80;
    private static final double VELOCITY_PER_DB = 2;
    private static final double SHORTEST_S = 0.02;

    /**
     * Reads a recording; what follows its first twenty seconds is not used.
     *
     * @throws UserError when it cannot be read, or no notes are heard in it
     */
    public static MonophonicScore read(Path file) {
        List<PlayedNote> played = RecordedNotes.read(file).notes().stream()
                .filter(note -> note.onsetSeconds() < MAX_SECONDS).toList();
        AudioClip clip = AudioReader.read(file);
        float[] audio = Resampler.resample(clip.mono(), clip.sampleRateHz(), MelSpectrum.SAMPLE_RATE_HZ);
        float[] beginning = Arrays.copyOf(
                audio, (int) Math.min(audio.length, MAX_SECONDS * MelSpectrum.SAMPLE_RATE_HZ));
        double[] levels = played.stream().mapToDouble(PlayedNote::loudnessDb).sorted().toArray();
        List<ScoreNote> notes = new ArrayList<>();
        for (PlayedNote note : played) {
            int pitch = (int) Math.round(note.context().key());
            double start = Math.max(0, note.onsetSeconds());
            if (PianoRoll.isKey(pitch)) {
                double velocity = MEDIAN_VELOCITY + VELOCITY_PER_DB * (note.loudnessDb() - levels[levels.length / 2]);
                notes.add(new ScoreNote(start, Math.max(start + SHORTEST_S, note.endSeconds()), pitch,
                        (int) Math.clamp(Math.round(velocity), 1L, 127L), 0));
            }
        }
        if (notes.isEmpty()) {
            throw new UserError(file + ": no notes heard; expected some seconds of a single line. Give another recording");
        }
        return new MonophonicScore(List.copyOf(notes), new MelSpectrum().of(beginning));
    }
}
