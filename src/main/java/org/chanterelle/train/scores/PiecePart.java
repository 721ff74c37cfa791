package org.chanterelle.train.scores;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chanterelle.audiofile.MidiScore;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.UserError;

/** What of a piece is played. */
public enum PiecePart {
    /** Every note. */
    ALL,
    /**
     * The highest note of all that begin together: a line as a violin has it, which piano music hardly holds. Some notes are joined to
     * the next, some part from it by up to 80 ms: a network that never saw such rests makes up what follows them.
     */
    MELODY;

    private static final double[] RESTS_SECONDS = {0, 0.002, 0.024, 0.08};
    /** Golden section of all whole numbers: its multiples are spread evenly, without a pattern that a metre has too. */
    private static final int SPREAD = 0x9E3779B9;

    private static final double MOST_OF_NOTE = 0.5;

    /**
     * By its name.
     *
     * @throws UserError when there is none such
     */
    public static PiecePart find(String label) {
        return Arrays.stream(values()).filter(part -> part.label().equals(label)).findFirst()
                .orElseThrow(() -> new UserError("--part " + label + ": expected "
                        + Arrays.stream(values()).map(PiecePart::label).collect(Collectors.joining(" or "))));
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<ScoreNote> of(List<ScoreNote> notes) {
        return this == ALL ? notes : parted(MidiScore.melody(notes));
    }

    private static List<ScoreNote> parted(List<ScoreNote> melody) {
        List<ScoreNote> parted = new ArrayList<>();
        for (int i = 0; i < melody.size(); i++) {
            ScoreNote note = melody.get(i);
            double next = i + 1 < melody.size() ? melody.get(i + 1).startSeconds() : Double.POSITIVE_INFINITY;
            double rest = RESTS_SECONDS[i * SPREAD >>> Integer.SIZE - 2];
            double shortest = note.startSeconds() + MOST_OF_NOTE * (note.endSeconds() - note.startSeconds());
            parted.add(note.endingAt(Math.max(shortest, Math.min(note.endSeconds(), next - rest))));
        }
        return parted;
    }
}
