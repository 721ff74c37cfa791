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
 * @param lengths from which seconds on notes are of another class; each is compared with its like
 */
record NoteMeasures(String name, List<ToDoubleFunction<PlayedNote>> values, double[] lengths) {
    private static final int CONTOUR_POINTS = 5;

    /** Fewest notes of a class, on either side, that are compared. */
    private static final int FEWEST = 10;

    /**
     * A note's attack and end take a larger share of it the shorter it is. A score played slower than the recordings would differ in
     * that alone.
     */
    private static final double[] CONTOUR_LENGTHS = {0.15, 0.25, 0.5};

    private static final double[] ANY_LENGTH = {0};

    /** Fields of drawn notes, and the contour, which only played notes have. */
    static List<NoteMeasures> all() {
        Stream<NoteMeasures> fields = NoteField.ALL.stream()
                .map(field -> new NoteMeasures(field.label, List.of(of(field)), ANY_LENGTH));
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
                        k -> note -> note.seconds() >= CONTOUR_LENGTHS[0] ? note.contourDb()[k] : Double.NaN)
                .toList();
        return new NoteMeasures("contourDb", points, CONTOUR_LENGTHS);
    }

    /** The values that the notes tell. */
    double[] values(List<PlayedNote> notes, int index) {
        return notes.stream().mapToDouble(values.get(index)).filter(value -> !Double.isNaN(value)).toArray();
    }

    /** How many notes tell. */
    int count(List<PlayedNote> notes) {
        return values(notes, 0).length;
    }

    /**
     * Wasserstein distance, the mean over the values; of the classes of length that both sets have, the mean by the first set's notes.
     * NaN when they have none in common.
     */
    double distance(List<PlayedNote> a, List<PlayedNote> b) {
        double sum = 0;
        int weight = 0;
        for (int i = 0; i < lengths.length; i++) {
            List<PlayedNote> ofA = ofLength(a, i);
            List<PlayedNote> ofB = ofLength(b, i);
            int count = count(ofA);
            if (lengths.length == 1 || Math.min(count, count(ofB)) >= FEWEST) {
                sum += count * meanDistance(ofA, ofB);
                weight += count;
            }
        }
        return weight == 0 ? Double.NaN : sum / weight;
    }

    private List<PlayedNote> ofLength(List<PlayedNote> notes, int index) {
        double end = index + 1 < lengths.length ? lengths[index + 1] : Double.POSITIVE_INFINITY;
        return notes.stream().filter(note -> note.seconds() >= lengths[index] && note.seconds() < end).toList();
    }

    private double meanDistance(List<PlayedNote> a, List<PlayedNote> b) {
        return IntStream.range(0, values.size()).mapToDouble(i -> Distances.wasserstein(values(a, i), values(b, i))).average()
                .orElseThrow();
    }
}
