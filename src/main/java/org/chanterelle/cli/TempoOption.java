package org.chanterelle.cli;

import java.nio.file.Path;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Option;

/** {@code --tempo}: a MIDI file faster or slower than it is written. */
final class TempoOption {
    private static final double LEAST = 0.1;
    private static final double MOST = 10;

    @Option(names = "--tempo", paramLabel = "X", defaultValue = "1", description = "Multiple of the file's tempo, 0.1 to 10 (default: ${DEFAULT-VALUE}).")
    private double tempo;

    /** The multiple. */
    double value() {
        if (!(tempo >= LEAST && tempo <= MOST)) {
            throw new UserError("--tempo " + tempo + ": expected 0.1 to 10");
        }
        return tempo;
    }

    /** Reads a file at this tempo. */
    MidiFile read(Path file) {
        return MidiFile.read(file).atTempo(value());
    }
}
