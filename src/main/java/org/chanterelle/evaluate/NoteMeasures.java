package org.chanterelle.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chanterelle.model.expression.NoteField;
import org.chanterelle.train.expression.PlayedNote;

/**
 * One thing to compare of two sets of notes.
 *
 * @param name with its unit
 * @param values of a note; several are compared one by one, and the distances averaged; NaN where it does not tell
 */
record NoteMeasures(String name, List<ToDoubleFunction<PlayedNote>> values) {
    private static final int CONTOUR_POINTS = 5;
    private static final double CONTOUR_FROM_SECONDS = 0.15;

    /** Fields of drawn notes, and the contour, which only played notes have. */
    static List<NoteMeasures> all() {
        Stream<NoteMeasures> fields = NoteField.ALL.stream().map(field -> new NoteMeasures(field.label, List.of(of(field))));
        return Stream.concat(fields, Stream.of(contour())).toList();
    }

    private static ToDoubleFunction<PlayedNote> of(NoteField field) {
        return switch (field) {
            case ATTACK_SECONDS, ATTACK_DB -> note -> note.context().gapSeconds() > 0 ? field.of(note.expression()) : Double.NaN;
            case VIBRATO_DEPTH_CENTS -> note -> {
                float depth = field.of(note.expression());
                return depth > 0 ? depth : Double.NaN;
            };
            default -> note -> field.of(note.expression());
        };
    }

    private static NoteMeasures contour() {
        List<ToDoubleFunction<PlayedNote>> points = IntStream.range(0, CONTOUR_POINTS)
                .<ToDoubleFunction<PlayedNote>>mapToObj(
                        k -> note -> note.seconds() >= CONTOUR_FROM_SECONDS ? note.contourDb()[k] : Double.NaN)
                .toList();
        return new NoteMeasures("contourDb", points);
    }

    /** The values that the notes tell. */
    double[] values(List<PlayedNote> notes, int index) {
        return notes.stream().mapToDouble(values.get(index)).filter(value -> !Double.isNaN(value)).toArray();
    }

    /** How many notes tell. */
    int count(List<PlayedNote> notes) {
        return values(notes, 0).length;
    }

    /** Mean Wasserstein distance; NaN when one set tells nothing. */
    double distance(List<PlayedNote> a, List<PlayedNote> b) {
        return IntStream.range(0, values.size()).mapToDouble(i -> Distances.wasserstein(values(a, i), values(b, i))).average()
                .orElseThrow();
    }
}
