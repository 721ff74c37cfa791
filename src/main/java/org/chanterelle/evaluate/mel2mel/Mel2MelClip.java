package org.chanterelle.evaluate.mel2mel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.signal.Selection;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.scores.ScoreEntry;
import org.chanterelle.train.scores.ScoreFolder;

/**
 * A stretch of a held-out piece on one instrument, as the sound font plays it.
 *
 * @param instrument name
 * @param roll its notes
 * @param audio at 16 kHz
 * @param mel its log-mel spectrogram, shape (frames, 80)
 */
public record Mel2MelClip(String instrument, PianoRoll roll, float[] audio, float[][] mel) {
    /**
     * Clips of the test pieces, or of those for validation where there are none for the test, spread over instruments and pieces.
     *
     * @param most how many of each instrument
     * @param seconds most of each
     * @throws UserError when there are none, or their sound was not kept
     */
    public static List<Mel2MelClip> heldOut(ScoreFolder scores, Mel2MelConfig config, int most, double seconds) {
        List<ScoreEntry> entries = scores.entries(NoteSet.TEST).isEmpty()
                ? scores.entries(NoteSet.VALID)
                : scores.entries(NoteSet.TEST);
        Map<String, List<ScoreEntry>> groups = new TreeMap<>();
        entries.stream().filter(entry -> config.instruments().contains(entry.instrument()))
                .forEach(entry -> groups.computeIfAbsent(entry.instrument(), name -> new ArrayList<>()).add(entry));
        if (groups.isEmpty()) {
            throw new UserError("no held-out score is of an instrument that the model knows; it knows "
                    + String.join(", ", config.instruments()) + ". Give the scores that it was trained on");
        }
        MelSpectrum spectrum = new MelSpectrum();
        List<Mel2MelClip> clips = new ArrayList<>();
        groups.forEach((instrument, own) -> Selection.spread(own, most).forEach(entry -> {
            float[] audio = scores.audio(entry);
            float[] cut = Arrays.copyOf(audio, (int) Math.min(audio.length, seconds * MelSpectrum.SAMPLE_RATE_HZ));
            clips.add(new Mel2MelClip(instrument, PianoRoll.of(scores.notes(entry), config.controlRateHz()), cut,
                    spectrum.of(cut)));
        }));
        return clips;
    }

    /** Rows of a stored spectrogram. */
    static float[][] rows(float[] values) {
        float[][] rows = new float[values.length / MelSpectrum.BANDS][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * MelSpectrum.BANDS, (i + 1) * MelSpectrum.BANDS);
        }
        return rows;
    }
}
