package org.chanterelle.cli;

import java.nio.file.Path;
import org.chanterelle.generate.TransferSettings;
import org.chanterelle.model.ModelCard;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Option;

/** The options that say how a recording is played. */
final class TransferOptions {
    private static final int MAX_OCTAVES = 6;
    private static final double MAX_SEMITONES = 72;
    private static final double MAX_DB = 40;
    private static final double MAX_DYNAMICS = 2;

    @Option(names = "--octave", paramLabel = "N", defaultValue = "0", description = "Whole octaves up; negative: down.")
    private int octave;

    @Option(names = "--semitones", paramLabel = "X", defaultValue = "0", description = "Further transposition; fractions allowed.")
    private double semitones;

    @Option(names = "--loudness-db", paramLabel = "X", defaultValue = "0", description = "Plays harder (positive) or softer: timbre and level both follow.")
    private double loudnessDb;

    @Option(names = "--dynamics", paramLabel = "X", defaultValue = "0.75", description = "How much of the voice's loudness changes to play, 0 to 2; 1 is all, less evens out vowels (default: ${DEFAULT-VALUE}).")
    private double dynamics;

    @Option(names = "--reverb", paramLabel = "own|none|IR.wav", defaultValue = "own", description = "The room: one of the model's own, none, or an impulse response (default: ${DEFAULT-VALUE}).")
    private String reverb;

    @Option(names = "--room", paramLabel = "NAME", description = "Which of the model's own rooms (default: the one that keeps the voice's dynamics best).")
    private String room;

    @Option(names = "--rate", paramLabel = "HZ", defaultValue = "0", description = "Sample rate of the output (default: the input's).")
    private int rateHz;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** The settings, checked. */
    TransferSettings settings(ModelCard card) {
        requireWithin("--octave", octave, MAX_OCTAVES);
        requireWithin("--semitones", semitones, MAX_SEMITONES);
        requireWithin("--loudness-db", loudnessDb, MAX_DB);
        if (!(dynamics >= 0 && dynamics <= MAX_DYNAMICS)) {
            throw new UserError("--dynamics " + dynamics + ": expected 0 to " + MAX_DYNAMICS + ".");
        }
        return new TransferSettings(octave, semitones, loudnessDb, dynamics, room(card), rateHz, true, true, seed);
    }

    private TransferSettings.Reverb room(ModelCard card) {
        return switch (reverb) {
            case "own" -> new TransferSettings.Reverb.Own(roomIndex(card));
            case "none" -> new TransferSettings.Reverb.None();
            default -> new TransferSettings.Reverb.Impulse(Path.of(reverb));
        };
    }

    private int roomIndex(ModelCard card) {
        if (room == null) {
            return TransferSettings.Reverb.Own.BEST;
        }
        int index = card.rooms() == null ? -1 : card.rooms().indexOf(room);
        if (index < 0) {
            throw new UserError("--room " + room + ": " + card.name() + " has "
                    + (card.rooms() == null || card.rooms().isEmpty() ? "none" : String.join(", ", card.rooms())) + ".");
        }
        return index;
    }

    private static void requireWithin(String option, double value, double limit) {
        if (!(Math.abs(value) <= limit)) {
            throw new UserError(option + " " + value + ": expected -" + limit + " to " + limit + ".");
        }
    }
}
