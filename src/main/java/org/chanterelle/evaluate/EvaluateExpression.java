package org.chanterelle.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.chanterelle.model.expression.ExpressionModel;
import org.chanterelle.model.expression.NoteContext;
import org.chanterelle.model.expression.NoteExpression;
import org.chanterelle.model.expression.NoteField;
import org.chanterelle.model.expression.NoteField.Group;
import org.chanterelle.train.expression.ExpressionConfig;
import org.chanterelle.train.expression.ExpressionSet;
import org.chanterelle.train.expression.ExpressionTrainer;
import org.chanterelle.train.expression.PlayedNote;
import org.chanterelle.train.expression.RecordedNotes;

/** Compares ways of playing: recorded players, notes drawn from a model, and given files, all found and measured alike. */
public final class EvaluateExpression {
    private static final long SEED = 1;
    private static final int DRAWS = 8;
    private static final int FEWEST = 5;
    private static final double CONTROL_RATE_HZ = 200;

    private final ExpressionModel model;
    private final ExpressionSet train;
    private final List<PlayedNote> recorded;
    private final List<PlayedNote> heldOut;
    private final List<PlayedNote> given;
    private final ExpressionConfig config;

    /**
     * What is compared.
     *
     * @param data folder of recordings
     * @param config which of them
     * @param files renderings to compare with the recordings
     * @param alignments folder of aligned scores, NAME.csv for each NAME.flac, or null
     */
    public record Request(Path data, ExpressionConfig config, List<Path> files, Path alignments) {}

    private EvaluateExpression(ExpressionModel model, Request request, BiConsumer<Double, String> progress) {
        this.model = model;
        config = request.config;
        train = new ExpressionTrainer(request.data, config).measured(progress, skipped -> {});
        recorded = notes(train.phrases("*"));
        ExpressionSet valid = new ExpressionTrainer(request.data, config.ofValid()).measured(progress, skipped -> {});
        heldOut = valid.complete(model.loudness());
        given = new ArrayList<>();
        for (Path file : request.files) {
            progress.accept(1.0, file.getFileName().toString());
            given.addAll(RecordedNotes.read(file).notes());
        }
    }

    /**
     * Runs the comparison.
     *
     * @param model whose draws are compared with held-out notes
     * @param progress hears the share done and a recording's name
     */
    public static ExpressionReport run(ExpressionModel model, Request request, BiConsumer<Double, String> progress) {
        EvaluateExpression evaluation = new EvaluateExpression(model, request, progress);
        List<ExpressionReport.Onsets> onsets = request.alignments == null
                ? List.of()
                : evaluation.onsets(request.alignments);
        List<PlayedNote> drawn = evaluation.drawn(0);
        List<PlayedNote> pooled = evaluation.drawn(evaluation.heldOut.size() / 2 + 1);
        List<ExpressionReport.Row> rows = NoteMeasures.all().stream().map(m -> evaluation.row(m, drawn, pooled)).toList();
        List<ExpressionReport.Joint> joint = List.of(
                evaluation.joint("attack", Group.ATTACK), evaluation.joint("swell", Group.SWELL, Group.VIBRATO),
                evaluation.joint("vibrato", Group.VIBRATO, Group.VIBRATO_SHAPE, Group.SWELL));
        List<String> notes = new ArrayList<>(List.of(evaluation.straight()));
        if (!request.files.isEmpty()) {
            notes.addAll(timbre(request));
        }
        return new ExpressionReport(rows, joint, onsets, notes);
    }

    /** Fréchet distances of the given files, those of one folder together, to the training recordings. */
    private static List<String> timbre(Request request) {
        Map<Path, List<float[]>> folders = new TreeMap<>();
        for (Path file : request.files) {
            folders.computeIfAbsent(file.toAbsolutePath().getParent(), folder -> new ArrayList<>())
                    .add(Recordings.at16k(Recordings.levelled(file)));
        }
        Instrument train = Instrument.of(new ExpressionTrainer(request.data, request.config).files(), CONTROL_RATE_HZ);
        Instrument heldOut = Instrument.of(new ExpressionTrainer(request.data, request.config.ofValid()).files(),
                CONTROL_RATE_HZ);
        double[] distances = TimbreComparison.distances(train, heldOut, List.copyOf(folders.values()));
        List<String> lines = new ArrayList<>();
        folders.forEach((folder, sounds) -> lines.add(line("files in " + folder.getFileName(), distances[lines.size()])));
        lines.add(line("held-out recordings", distances[lines.size()]));
        return lines;
    }

    private static String line(String what, double distance) {
        return String.format(Locale.ROOT, "Fréchet distance to the training recordings, pooled: %s %.1f", what, distance);
    }

    private static List<PlayedNote> notes(List<RecordedNotes> recordings) {
        return recordings.stream().flatMap(recording -> recording.notes().stream()).toList();
    }

    private ExpressionReport.Row row(NoteMeasures measure, List<PlayedNote> drawn, List<PlayedNote> pooled) {
        List<String> pair = config.players().stream().filter(player -> measure.count(notes(train.phrases(player))) >= FEWEST)
                .sorted(Comparator.comparing(player -> -measure.count(notes(train.phrases(player))))).limit(2).toList();
        List<List<PlayedNote>> players = pair.stream().map(player -> notes(train.phrases(player))).toList();
        boolean two = pair.size() == 2;
        boolean isDrawn = !measure.name().startsWith("contour");
        return new ExpressionReport.Row(
                measure.name(),
                two ? pair : List.of(),
                two ? players.stream().map(measure::count).toList() : List.of(),
                two ? measure.distance(players.get(0), players.get(1)) : Double.NaN,
                measure.count(heldOut),
                isDrawn ? measure.distance(heldOut, drawn) : Double.NaN,
                isDrawn ? measure.distance(heldOut, pooled) : Double.NaN,
                measure.count(given),
                measure.distance(recorded, given),
                Medians.of(measure.values(recorded, 0)),
                Medians.of(measure.values(given, 0)));
    }

    /**
     * Held-out notes drawn anew, only with what the held-out note tells.
     *
     * @param shift 0 for each note's own context, else that of the note so many behind
     */
    private List<PlayedNote> drawn(int shift) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<PlayedNote> drawn = new ArrayList<>();
        for (int i = 0; i < DRAWS * heldOut.size(); i++) {
            PlayedNote note = heldOut.get(i % heldOut.size());
            NoteContext context = heldOut.get((i + shift) % heldOut.size()).context();
            NoteExpression expression = model.draw(context, random);
            for (NoteField field : NoteField.ALL) {
                boolean tells = note.expression().knows(field.group);
                expression = tells ? expression : expression.with(field, Float.NaN);
            }
            drawn.add(note.with(note.context(), expression));
        }
        return drawn;
    }

    private ExpressionReport.Joint joint(String name, Group... groups) {
        List<NoteField> fields = Arrays.stream(groups).flatMap(group -> group.fields().stream()).toList();
        List<PlayedNote> telling = heldOut.stream()
                .filter(note -> Arrays.stream(groups).allMatch(group -> note.expression().knows(group))).toList();
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] played = new double[telling.size()][];
        double[][] drawn = new double[DRAWS * telling.size()][];
        double[][] apart = new double[DRAWS * telling.size()][];
        for (int i = 0; i < drawn.length; i++) {
            PlayedNote note = telling.get(i % telling.size());
            NoteExpression whole = model.draw(note.context(), random);
            played[i % telling.size()] = fields.stream().mapToDouble(field -> field.of(note.expression())).toArray();
            drawn[i] = fields.stream().mapToDouble(field -> field.of(whole)).toArray();
            apart[i] = fields.stream().mapToDouble(field -> field.of(model.draw(note.context(), random))).toArray();
        }
        return new ExpressionReport.Joint(
                name, telling.size(), Distances.energy(played, drawn), Distances.energy(played, apart));
    }

    private List<ExpressionReport.Onsets> onsets(Path alignments) {
        List<ExpressionReport.Onsets> onsets = new ArrayList<>();
        for (RecordedNotes recording : train.phrases("*")) {
            Path file = alignments.resolve(recording.name().replaceFirst("\\.\\w+$", ".csv"));
            if (Files.exists(file)) {
                double[] found = recording.notes().stream().mapToDouble(PlayedNote::onsetSeconds).toArray();
                onsets.add(AlignedScore.compare(recording.name(), AlignedScore.onsets(file), found));
            }
        }
        return onsets;
    }

    private String straight() {
        return "straight among notes of 0.7 s and more: recordings " + straight(recorded) + ", given files " + straight(given);
    }

    private static String straight(List<PlayedNote> notes) {
        List<PlayedNote> lasting = notes.stream()
                .filter(note -> note.seconds() >= 0.7 && note.expression().knows(Group.VIBRATO)).toList();
        long straight = lasting.stream().filter(note -> !note.expression().knows(Group.VIBRATO_SHAPE)).count();
        return straight + " of " + lasting.size();
    }
}
