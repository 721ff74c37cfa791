package org.chanterelle.train.soundfont;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.chanterelle.signal.UserError;

/**
 * A General MIDI instrument.
 *
 * @param program 0 to 127
 * @param name as the note index has it
 * @param family one of NSynth's
 * @param lowest lowest pitch of its natural range, MIDI number
 * @param highest highest
 * @param chosen whether it belongs to the choice that is rendered unasked
 */
public record MidiInstrument(int program, String name, String family, int lowest, int highest, boolean chosen) {
    /** NSynth's families in the order of its numbers. */
    public static final List<String> FAMILIES = List.of(
            "bass", "brass", "flute", "guitar", "keyboard", "mallet", "organ", "reed", "string", "synth_lead", "vocal");

    private static final String TABLE = "general-midi.csv";

    /** All that have a name and a range, by program. */
    public static List<MidiInstrument> all() {
        try (InputStream in = MidiInstrument.class.getResourceAsStream(TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(MidiInstrument::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that are rendered unasked. */
    public static List<MidiInstrument> choice() {
        return all().stream().filter(MidiInstrument::chosen).toList();
    }

    /**
     * Finds an instrument.
     *
     * @param nameOrProgram such as {@code violin} or {@code 40}
     * @throws UserError if there is none
     */
    public static MidiInstrument find(String nameOrProgram) {
        return all().stream()
                .filter(i -> i.name.equals(nameOrProgram) || Integer.toString(i.program).equals(nameOrProgram))
                .findFirst()
                .orElseThrow(() -> new UserError("--programs " + nameOrProgram + ": no instrument of that name or program;"
                        + " there are " + String.join(", ", all().stream().map(i -> i.program + " " + i.name).toList())));
    }

    /** The range within bounds, rising; maybe empty. */
    public List<Integer> pitches(int from, int to) {
        return IntStream.rangeClosed(Math.max(lowest, from), Math.min(highest, to)).boxed().toList();
    }

    private static MidiInstrument parse(String line) {
        String[] fields = line.split(",", -1);
        return new MidiInstrument(Integer.parseInt(fields[0]), fields[1], fields[2], Integer.parseInt(fields[3]),
                Integer.parseInt(fields[4]), fields[5].equals("chosen"));
    }
}
