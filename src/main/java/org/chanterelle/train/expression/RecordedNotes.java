package org.chanterelle.train.expression;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.model.expression.NoteContext;
import org.chanterelle.model.expression.NoteExpression;
import org.chanterelle.model.expression.NoteField;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.UserError;

/**
 * The notes of one recording.
 *
 * @param name of the recording
 * @param notes in order
 * @param features pitch and loudness at 5 ms
 * @param startSeconds time of the first control frame: leading digital silence is left out
 */
public record RecordedNotes(String name, List<PlayedNote> notes, FeatureTrack features, double startSeconds) {
    /** Control frames a second: the resolution of everything that is measured. */
    public static final double RATE_HZ = 200;

    /** Level that recordings are brought to, as for training a timbre model. */
    public static final double LEVEL_DBFS = -21;

    private static final double PHRASE_SECONDS = 1.5;
    private static final double END_SECONDS = 0.03;
    private static final double LONGEST_SECONDS = 1800;
    private static final double[] CONTOUR = {0.1, 0.3, 0.5, 0.7, 0.9};

    /**
     * Reads and measures a recording of a single line.
     *
     * @throws UserError in one line, when it cannot be read, is silent, or longer than half an hour
     */
    public static RecordedNotes read(Path file) {
        AudioClip clip = AudioReader.read(file);
        if (clip.seconds() > LONGEST_SECONDS) {
            throw new UserError(file + ": longer than half an hour. Cut it into parts");
        }
        float[] audio = Levels.trimmed(clip.mono());
        if (audio.length < clip.sampleRateHz() / 5) {
            throw new UserError(file + ": silent or shorter than 0.2 s; expected a recording of notes");
        }
        int lead = leadFrames(clip.mono(), audio.length);
        return of(file.getFileName().toString(), Levels.atRms(audio, LEVEL_DBFS), clip.sampleRateHz(),
                (double) lead / clip.sampleRateHz());
    }

    private static int leadFrames(float[] whole, int trimmed) {
        int lead = 0;
        while (lead + trimmed < whole.length && Math.abs(whole[lead]) < 1.5f / 32768f) {
            lead++;
        }
        return lead;
    }

    /**
     * Measures a sound.
     *
     * @param startSeconds added to all times
     */
    public static RecordedNotes of(String name, float[] audio, double sampleRateHz, double startSeconds) {
        FeatureTrack track = FeatureExtractor.extract(audio, sampleRateHz, RATE_HZ);
        List<NoteSpan> spans = new NoteSegmenter(track).notes();
        NoteMeasure measure = new NoteMeasure(track, new NoteSpectrum(audio, sampleRateHz, track));
        List<LevelShape> levels = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            int earliest = i == 0 ? 0 : spans.get(i - 1).from() + 1;
            levels.add(LevelShape.of(track.loudnessDb(), spans.get(i), earliest, RATE_HZ));
        }
        List<PlayedNote> notes = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            NoteSpan last = i == 0 ? null : spans.get(i - 1);
            int next = i + 1 < spans.size() ? levels.get(i + 1).onset() : track.length();
            NoteExpression expression = measure.measure(spans.get(i), levels.get(i), last, next);
            notes.add(note(spans, levels, i, measure, track.loudnessDb(), expression, startSeconds));
        }
        return new RecordedNotes(name, List.copyOf(notes), track, startSeconds);
    }

    /** Loudness in dB of each control frame of a note's body. */
    List<Float> bodyLevels(PlayedNote note) {
        double attack = note.expression().attackSeconds();
        int from = (int) Math.round((note.onsetSeconds() - startSeconds + (Double.isNaN(attack) ? 0 : attack)) * RATE_HZ);
        int to = (int) Math.round((note.endSeconds() - startSeconds - END_SECONDS) * RATE_HZ);
        List<Float> levels = new ArrayList<>();
        for (int i = Math.max(0, from); i < Math.min(to, features.length()); i++) {
            levels.add(features.loudnessDb()[i]);
        }
        return levels;
    }

    private static PlayedNote note(List<NoteSpan> spans, List<LevelShape> levels, int i, NoteMeasure measure, float[] levelDb,
            NoteExpression expression, double startSeconds) {
        NoteSpan span = spans.get(i);
        LevelShape level = levels.get(i);
        double key = measure.key(span);
        double interval = i == 0 ? Double.NaN : key - measure.key(spans.get(i - 1));
        double phraseDb = phraseDb(levels, i);
        NoteContext context = new NoteContext(key, interval, gapSeconds(spans, levels, i, levelDb), Double.NaN);
        float[] contour = new float[CONTOUR.length];
        for (int k = 0; k < contour.length; k++) {
            int at = level.onset() + (int) Math.round(CONTOUR[k] * (span.to() - level.onset()));
            contour[k] = (float) (Curve.mean(levelDb, at - 1, at + 2) - level.bodyDb());
        }
        return new PlayedNote(startSeconds + level.onset() / RATE_HZ, startSeconds + span.to() / RATE_HZ, level.bodyDb(),
                phraseDb, measure.tiltDbPerOctave(span), context, contour, withLevel(expression, level.bodyDb() - phraseDb));
    }

    private static NoteExpression withLevel(NoteExpression e, double levelDb) {
        return e.with(NoteField.LEVEL_DB, (float) Math.clamp(levelDb, NoteField.LEVEL_DB.min, NoteField.LEVEL_DB.max));
    }

    /** Mean level of the notes around, near ones most. */
    private static double phraseDb(List<LevelShape> levels, int i) {
        double sum = 0;
        double weights = 0;
        for (LevelShape other : levels) {
            double distance = (other.onset() - levels.get(i).onset()) / RATE_HZ / PHRASE_SECONDS;
            double weight = Math.exp(-0.5 * distance * distance);
            sum += weight * other.bodyDb();
            weights += weight;
        }
        return sum / weights;
    }

    /** From where the note before has fallen by 6 dB; 0 when it runs on. */
    private static double gapSeconds(List<NoteSpan> spans, List<LevelShape> levels, int i, float[] levelDb) {
        if (i == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (spans.get(i).legato()) {
            return 0;
        }
        int end = levels.get(i).onset();
        while (end > spans.get(i - 1).from() && levelDb[end] < levels.get(i - 1).bodyDb() - 6) {
            end--;
        }
        return Math.max(0.001, (levels.get(i).onset() - end) / RATE_HZ);
    }
}
