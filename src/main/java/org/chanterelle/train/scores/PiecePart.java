package org.chanterelle.train.scores;

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
    /** The highest note of all that begin together, joined to the next: a line as a violin has it, which piano music hardly holds. */
    MELODY;

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
        return this == ALL ? notes : MidiScore.melody(notes);
    }
}
