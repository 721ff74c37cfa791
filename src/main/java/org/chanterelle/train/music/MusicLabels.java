package org.chanterelle.train.music;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.chanterelle.signal.UserError;

/**
 * What a table tells of recordings: CSV with a header line, or a JSON array of objects. The field {@code file} names a recording, by its
 * path or its name alone; all others may be missing: {@code artist}, {@code genre} (several with semicolons), {@code title},
 * {@code lyrics}, {@code set} (train, valid or test).
 */
public final class MusicLabels {
    private static final Set<String> FIELDS = Set.of("file", "artist", "genre", "title", "lyrics", "set");
    private static final long MAX_BYTES = 1L << 26;

    private final Map<String, Map<String, String>> rows = new HashMap<>();

    private MusicLabels() {}

    /** A table that tells nothing. */
    public static MusicLabels none() {
        return new MusicLabels();
    }

    /**
     * Reads a table by the name's ending; columns of other names are passed over.
     *
     * @throws UserError when it is missing, damaged or has no column {@code file}
     */
    public static MusicLabels read(Path file) {
        MusicLabels labels = new MusicLabels();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UserError(file + ": larger than a table of recordings may be (64 MiB). Split it");
            }
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
                labels.readJson(file);
            } else {
                labels.readCsv(file);
            }
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": expected a table of recordings, found nothing of this name. Check the path", e);
        } catch (MalformedInputException e) {
            throw new UserError(file + ": not UTF-8 text. Save it as UTF-8", e);
        } catch (IOException | JsonParseException | IllegalStateException | IllegalArgumentException
                | java.io.UncheckedIOException e) {
            throw new UserError(file + ": not a table of recordings: " + e.getMessage()
                    + ". Expected CSV with a header line, or a JSON array of objects", e);
        }
        if (labels.rows.isEmpty()) {
            throw new UserError(file + ": no row with a file in it; expected at least the column file, and artist, genre, title,"
                    + " lyrics or set");
        }
        return labels;
    }

    private void readCsv(Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true)
                .setIgnoreHeaderCase(true)
                .build();
        try (CSVParser parser = CSVParser.parse(Files.readString(file), format)) {
            for (CSVRecord record : parser) {
                Map<String, String> row = new HashMap<>();
                record.toMap().forEach((field, value) -> row.put(field.toLowerCase(Locale.ROOT), value));
                add(row);
            }
        }
    }

    private void readJson(Path file) throws IOException {
        for (JsonElement element : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
            Map<String, String> row = new HashMap<>();
            for (Map.Entry<String, JsonElement> field : element.getAsJsonObject().entrySet()) {
                if (FIELDS.contains(field.getKey())) {
                    row.put(field.getKey(), text(field.getValue()));
                }
            }
            add(row);
        }
    }

    private static String text(JsonElement value) {
        if (value instanceof JsonArray array) {
            return String.join(";", array.asList().stream().map(JsonElement::getAsString).toList());
        }
        if (value instanceof JsonObject) {
            throw new JsonParseException("an object where a text is expected");
        }
        return value.isJsonNull() ? "" : value.getAsString();
    }

    private void add(Map<String, String> row) {
        String name = row.getOrDefault("file", "");
        if (!name.isBlank()) {
            rows.put(name, row);
            rows.putIfAbsent(lastName(name), row);
        }
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String of(String file, String field) {
        Map<String, String> row = rows.getOrDefault(file, rows.getOrDefault(lastName(file), Map.of()));
        return row.getOrDefault(field, "").strip();
    }

    /** The artist of a recording; else what stands in its name before {@code _-_} or {@code __}; else "unknown". */
    String artist(String file) {
        String told = of(file, "artist");
        return told.isEmpty() ? artistInName(file) : told;
    }

    static String artistInName(String file) {
        String name = lastName(file);
        int end = name.contains("__") ? name.indexOf("__") : name.indexOf("_-_");
        return end > 0 ? name.substring(0, end).replace('_', ' ') : "unknown";
    }

    List<String> genres(String file) {
        List<String> told = Arrays.stream(of(file, "genre").split(";")).map(String::strip).filter(g -> !g.isEmpty()).distinct()
                .toList();
        return told.isEmpty() ? List.of("unknown") : told;
    }

    String title(String file) {
        String told = of(file, "title");
        return told.isEmpty() ? lastName(file).replaceFirst("\\.[^.]*$", "") : told;
    }

    String lyrics(String file) {
        return of(file, "lyrics");
    }

    /** The set that the table tells, or empty. */
    String set(String file) {
        return of(file, "set").toLowerCase(Locale.ROOT);
    }
}
