package org.chanterelle.train.notes;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chanterelle.signal.UserError;

/**
 * NSynth's index of a set of notes: one JSON object, each note an object under its name. Fields that are not needed may hold anything.
 *
 * @param file where it was read
 * @param entries its notes in the file's order, names unique
 */
public record NoteIndex(Path file, List<NoteEntry> entries) {
    /** The index's file name. */
    public static final String NAME = "examples.json";

    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_NOTES = 1_000_000;
    private static final int MAX_NAME = 200;
    private static final Set<String> NUMBERS = Set.of("pitch", "velocity", "sample_rate");
    private static final Set<String> TEXTS = Set.of("instrument_str", "instrument_family_str", "split");

    /**
     * Reads and checks an index.
     *
     * @throws UserError in one line, when it is missing, damaged, too large or a note lacks a field
     */
    public static NoteIndex read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UserError(file + ": " + Files.size(file) + " bytes; an index has at most 1 GiB. Split the folder");
            }
            try (JsonReader json = new JsonReader(Files.newBufferedReader(file))) {
                return new NoteIndex(file, entries(file, json));
            }
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": no index of notes here. Make one with 'chanterelle prepare notes', or name a folder in"
                    + " NSynth's layout", e);
        } catch (MalformedJsonException | EOFException | JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new UserError(file + ": not an index of notes: broken JSON: " + reason(e) + ". Copy or make it again", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + reason(e) + ". Copy or make it again", e);
        }
    }

    private static List<NoteEntry> entries(Path file, JsonReader json) throws IOException {
        List<NoteEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, String> shared = new HashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            checkName(file, name);
            if (!names.add(name)) {
                throw new UserError(file + ": note " + name + " is there twice. Remove one");
            }
            if (entries.size() == MAX_NOTES) {
                throw new UserError(file + ": more than " + MAX_NOTES + " notes. Split the folder");
            }
            entries.add(entry(file, name, json, shared));
        }
        json.endObject();
        if (entries.isEmpty()) {
            throw new UserError(file + ": holds no notes. Make it again");
        }
        return List.copyOf(entries);
    }

    private static NoteEntry entry(Path file, String name, JsonReader json, Map<String, String> shared) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        if (json.peek() != JsonToken.BEGIN_OBJECT) {
            throw new UserError(file + ": note " + name + " is no object with pitch and velocity. Make the index again");
        }
        json.beginObject();
        while (json.hasNext()) {
            String field = json.nextName();
            if (NUMBERS.contains(field) && json.peek() == JsonToken.NUMBER) {
                numbers.put(field, wholeNumber(file, name, field, json.nextDouble()));
            } else if (TEXTS.contains(field) && json.peek() == JsonToken.STRING) {
                String text = json.nextString();
                texts.put(field, shared.computeIfAbsent(text, same -> same));
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        NoteEntry entry = new NoteEntry(name,
                required(file, name, "instrument_str", texts),
                texts.getOrDefault("instrument_family_str", ""),
                required(file, name, "pitch", numbers),
                required(file, name, "velocity", numbers),
                required(file, name, "sample_rate", numbers),
                texts.getOrDefault("split", ""));
        check(file, entry);
        return entry;
    }

    private static int wholeNumber(Path file, String name, String field, double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw wrong(file, name, field, value, "a whole number");
        }
        return (int) value;
    }

    private static <T> T required(Path file, String name, String field, Map<String, T> found) {
        T value = found.get(field);
        if (value == null) {
            throw new UserError(file + ": note " + name + " has no " + field + ". Complete or make the index again");
        }
        return value;
    }

    private static void check(Path file, NoteEntry note) {
        if (note.pitch() < 0 || note.pitch() > 127) {
            throw wrong(file, note.name(), "pitch", note.pitch(), "0 to 127");
        }
        if (note.velocity() < 1 || note.velocity() > 127) {
            throw wrong(file, note.name(), "velocity", note.velocity(), "1 to 127");
        }
        if (note.instrument().isBlank() || note.instrument().length() > MAX_NAME || note.family().length() > MAX_NAME) {
            throw wrong(file, note.name(), "instrument_str", note.instrument().length() + " characters", "1 to " + MAX_NAME);
        }
    }

    /** A name becomes a file's: it must not leave the folder. */
    private static void checkName(Path file, String name) {
        boolean harmless = !name.isBlank() && name.length() <= MAX_NAME && name.chars().allMatch(
                c -> Character.isLetterOrDigit(c) || "-_.+#() ".indexOf(c) >= 0) && !name.startsWith(".");
        if (!harmless) {
            String shown = name.substring(0, Math.min(name.length(), 40)).replaceAll("\\p{Cntrl}", "?");
            throw new UserError(file + ": the name '" + shown + "' is none of a file. Rename the note");
        }
    }

    private static UserError wrong(Path file, String name, String field, Object found, String expected) {
        return new UserError(
                file + ": note " + name + ": " + field + " is " + found + "; expected " + expected + ". Correct the index");
    }

    private static String reason(Exception e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
        return line.replaceFirst("^Use JsonReader[^ ]* to accept malformed JSON", "malformed").strip();
    }
}
