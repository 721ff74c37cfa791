package org.chanterelle.train.expression;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.expression.ExpressionModel;
import org.chanterelle.model.expression.LoudnessQuantiles;
import org.chanterelle.model.expression.MeasuredNote;
import org.chanterelle.model.expression.NoteContext;
import org.chanterelle.model.expression.NoteExpression;
import org.chanterelle.model.expression.NoteField;
import org.chanterelle.model.expression.NoteField.Group;

/** The notes of many recordings, told against each other. */
public final class ExpressionSet {
    /** As many notes as a model may have. */
    static final int MAX_NOTES = 4000;

    private final ExpressionConfig config;
    private final List<Path> names = new ArrayList<>();
    private final List<RecordedNotes> recordings = new ArrayList<>();

    /** An empty set. */
    public ExpressionSet(ExpressionConfig config) {
        this.config = config;
    }

    /**
     * Adds a recording.
     *
     * @param name path under the data directory
     */
    public void add(Path name, RecordedNotes recording) {
        List<PlayedNote> notes = recording.notes().stream()
                .filter(note -> note.context().key() > config.lowestKey() - 0.5).toList();
        names.add(name);
        recordings.add(new RecordedNotes(recording.name(), notes, recording.features(), recording.startSeconds()));
    }

    boolean isEmpty() {
        return recordings.stream().allMatch(recording -> recording.notes().isEmpty());
    }

    /** Recordings of phrases, single notes left out, whose file name fits the pattern (glob). */
    public List<RecordedNotes> phrases(String pattern) {
        return IntStream.range(0, recordings.size())
                .filter(i -> !fits(config.singleNotes(), i) && fits(List.of(pattern), i)).mapToObj(recordings::get).toList();
    }

    /**
     * All notes with their contexts complete.
     *
     * @param most as many notes at most
     */
    public ExpressionModel model(int most) {
        List<RecordedNotes> phrases = phrases("*");
        LoudnessQuantiles loudness = LoudnessTable.of(phrases.isEmpty() ? recordings : phrases);
        List<Integer> owners = new ArrayList<>();
        List<PlayedNote> notes = complete(loudness, owners);
        return kept(notes, owners, weights(notes, owners), loudness, most);
    }

    /**
     * All notes with their contexts and brightness complete.
     *
     * @param loudness by which levels are told
     */
    public List<PlayedNote> complete(LoudnessQuantiles loudness) {
        return complete(loudness, new ArrayList<>());
    }

    private List<PlayedNote> complete(LoudnessQuantiles loudness, List<Integer> owners) {
        BrightnessTrend trend = BrightnessTrend.fit(recordings);
        List<PlayedNote> notes = new ArrayList<>();
        for (int i = 0; i < recordings.size(); i++) {
            BrightnessTrend.Mean mean = BrightnessTrend.mean(recordings.get(i));
            for (PlayedNote note : recordings.get(i).notes()) {
                notes.add(complete(note, i, loudness, trend.brightness(note, mean)));
                owners.add(i);
            }
        }
        return notes;
    }

    private PlayedNote complete(PlayedNote note, int recording, LoudnessQuantiles loudness, double brightness) {
        NoteExpression expression = note.expression();
        boolean single = fits(config.singleNotes(), recording);
        if (single) {
            expression = without(expression, Group.LEVEL);
        } else if (NoteField.BRIGHTNESS_DB_PER_OCTAVE.allows((float) brightness)) {
            expression = expression.with(NoteField.BRIGHTNESS_DB_PER_OCTAVE, (float) brightness);
        }
        if (fits(config.withoutVibrato(), recording)) {
            expression = without(without(expression, Group.VIBRATO), Group.VIBRATO_SHAPE);
        }
        if (fits(config.reverberant(), recording)) {
            expression = without(expression, Group.RELEASE);
        }
        NoteContext context = note.context();
        double level = loudness.level(context.key(), note.phraseDb());
        return note.with(
                new NoteContext(context.key(), single ? Double.NaN : context.intervalSemitones(),
                        single ? Double.POSITIVE_INFINITY : context.gapSeconds(), level),
                expression);
    }

    private static NoteExpression without(NoteExpression expression, Group group) {
        NoteExpression out = expression;
        for (NoteField field : group.fields()) {
            out = out.with(field, Float.NaN);
        }
        return out;
    }

    private double[] weights(List<PlayedNote> notes, List<Integer> owners) {
        boolean[] counts = new boolean[notes.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = !fits(config.withoutVibrato(), owners.get(i));
        }
        return VibratoWeights.of(notes.stream().map(PlayedNote::expression).toList(),
                notes.stream().mapToDouble(PlayedNote::seconds).toArray(), counts);
    }

    /** Every note that tells of vibrato or release, which few do, and of the others as many as there is room for, evenly. */
    private ExpressionModel kept(List<PlayedNote> notes, List<Integer> owners, double[] weights, LoudnessQuantiles loudness,
            int most) {
        boolean[] rare = new boolean[notes.size()];
        int left = most;
        for (int i = 0; i < rare.length; i++) {
            NoteExpression e = notes.get(i).expression();
            rare[i] = e.knows(Group.VIBRATO) || e.knows(Group.RELEASE) || e.knows(Group.SWELL);
            left -= rare[i] ? 1 : 0;
        }
        int common = rare.length - (most - left);
        double share = Math.clamp((double) left / Math.max(1, common), 0, 1);
        int[] counts = new int[ExpressionTrainer.sources(config).size()];
        List<MeasuredNote> kept = new ArrayList<>();
        double due = 0;
        for (int i = 0; i < rare.length; i++) {
            due += rare[i] ? 0 : share;
            if (rare[i] || due >= 1 - 1e-9) {
                due -= rare[i] ? 0 : 1;
                PlayedNote note = notes.get(i);
                kept.add(new MeasuredNote(note.context(), note.seconds(), weights[i], note.expression()));
                count(counts, names.get(owners.get(i)));
            }
        }
        return new ExpressionModel(kept, loudness, sources(counts));
    }

    private void count(int[] counts, Path name) {
        for (int s = 0; s < counts.length; s++) {
            if (ExpressionConfig.fits(ExpressionTrainer.sources(config).get(s).files(), name)) {
                counts[s]++;
                return;
            }
        }
    }

    private List<ExpressionModel.Source> sources(int[] counts) {
        List<ModelCard.Source> sources = ExpressionTrainer.sources(config);
        return IntStream.range(0, counts.length).filter(s -> counts[s] > 0)
                .mapToObj(s -> new ExpressionModel.Source(sources.get(s).licence(), sources.get(s).attribution(),
                        sources.get(s).files(), counts[s]))
                .toList();
    }

    private boolean fits(List<String> patterns, int recording) {
        return ExpressionConfig.fits(patterns, names.get(recording).getFileName());
    }
}
