package org.chanterelle.model.expression;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.chanterelle.model.expression.NoteField.Group;
import org.chanterelle.signal.UserError;

/**
 * {@code expression.json}: a row of numbers for each measured note under a list of column names; null stands for what a note does not
 * tell, for the interval of a first note, and for the gap before it.
 */
public final class ExpressionJson {
    /** The format that this version reads and writes. */
    public static final int FORMAT_VERSION = 1;

    /** Largest file. */
    public static final int MAX_BYTES = 300_000;

    private static final int FEW = 250;
    private static final int MAX_NOTES = 4000;
    private static final int MAX_ROWS = 128;
    private static final int MAX_SOURCES = 256;
    private static final List<String> CONTEXT = List.of("key", "intervalSemitones", "gapSeconds", "level", "seconds",
            "vibratoWeight");
    private static final List<String> COLUMNS = Stream.concat(CONTEXT.stream(), NoteField.labels().stream()).toList();
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    private static final MathContext DIGITS = new MathContext(4);

    private final Path file;

    private ExpressionJson(Path file) {
        this.file = file;
    }

    /**
     * Reads and checks a file.
     *
     * @throws UserError in one line, when it is missing, damaged, too large, or holds what no note can be
     */
    public static ExpressionModel read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UserError(file + ": larger than an expression model may be (" + MAX_BYTES
                        + " bytes). Copy the model folder again");
            }
            return new ExpressionJson(file).model(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new UserError(file + ": not an expression model: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("malformed JSON")
                    + ". Copy the model folder again or run 'chanterelle train expression'", e);
        }
    }

    /** The model as it stands in the file. */
    public static String write(ExpressionModel model) {
        JsonObject root = new JsonObject();
        root.addProperty("formatVersion", FORMAT_VERSION);
        JsonObject counts = new JsonObject();
        counts.addProperty("notes", model.notes().size());
        for (Group group : Group.values()) {
            counts.addProperty(group.name().toLowerCase(Locale.ROOT), model.count(group));
        }
        root.add("counts", counts);
        root.add("thin", GSON.toJsonTree(thin(model)));
        root.add("sources", GSON.toJsonTree(model.sources()));
        JsonObject loudness = new JsonObject();
        loudness.addProperty("lowKey", model.loudness().lowKey());
        loudness.addProperty("keysPerRow", model.loudness().keysPerRow());
        root.add("loudness", loudness);
        root.add("columns", GSON.toJsonTree(COLUMNS));
        String head = GSON.toJson(root);
        StringBuilder text = new StringBuilder(head.substring(0, head.length() - 2));
        rows(text, "loudnessDb", Stream.of(model.loudness().db()).map(ExpressionJson::row));
        rows(text, "notes", model.notes().stream().map(note -> row(values(note))));
        return text.append("\n}\n").toString();
    }

    /** What a reader should not trust much. */
    private static List<String> thin(ExpressionModel model) {
        return Stream.of(Group.values()).filter(group -> model.count(group) < FEW)
                .map(group -> group.name().toLowerCase(Locale.ROOT) + ": told by " + model.count(group) + " notes only")
                .toList();
    }

    private static void rows(StringBuilder text, String name, Stream<JsonArray> rows) {
        text.append(",\n  \"").append(name).append("\": [\n    ");
        text.append(String.join(",\n    ", rows.map(JsonArray::toString).toList())).append("\n  ]");
    }

    private static float[] values(MeasuredNote note) {
        NoteContext context = note.context();
        float[] values = new float[COLUMNS.size()];
        values[0] = (float) context.key();
        values[1] = (float) context.intervalSemitones();
        values[2] = (float) context.gapSeconds();
        values[3] = (float) context.level();
        values[4] = (float) note.seconds();
        values[5] = (float) note.vibratoWeight();
        for (NoteField field : NoteField.ALL) {
            values[CONTEXT.size() + field.ordinal()] = field.of(note.expression());
        }
        return values;
    }

    private static JsonArray row(float[] values) {
        JsonArray row = new JsonArray();
        for (float value : values) {
            row.add(Float.isFinite(value)
                    ? new JsonPrimitive(new BigDecimal(plain(value)))
                    : JsonNull.INSTANCE);
        }
        return row;
    }

    /** Without exponents, so that 10 is not written as 1E+1. */
    private static String plain(float value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    private ExpressionModel model(JsonObject root) {
        require("formatVersion", FORMAT_VERSION, root.get("formatVersion"),
                number(root.get("formatVersion")) == FORMAT_VERSION);
        require("columns", COLUMNS, root.get("columns"), GSON.toJsonTree(COLUMNS).equals(root.get("columns")));
        List<MeasuredNote> notes = new ArrayList<>();
        for (JsonElement row : array(root, "notes", 1, MAX_NOTES)) {
            notes.add(note(notes.size(), floats("notes[" + notes.size() + "]", row, COLUMNS.size())));
        }
        List<ExpressionModel.Source> sources = new ArrayList<>();
        for (JsonElement source : array(root, "sources", 0, MAX_SOURCES)) {
            sources.add(GSON.fromJson(source, ExpressionModel.Source.class));
        }
        return new ExpressionModel(notes, loudness(root), sources);
    }

    private LoudnessQuantiles loudness(JsonObject root) {
        JsonElement grid = root.get("loudness");
        require("loudness", "an object", grid, grid != null && grid.isJsonObject());
        double lowKey = number(grid.getAsJsonObject().get("lowKey"));
        double keysPerRow = number(grid.getAsJsonObject().get("keysPerRow"));
        require("loudness.lowKey", "0 to 127", lowKey, lowKey >= 0 && lowKey <= 127);
        require("loudness.keysPerRow", "0.5 to 24", keysPerRow, keysPerRow >= 0.5 && keysPerRow <= 24);
        JsonArray rows = array(root, "loudnessDb", 1, MAX_ROWS);
        int columns = rows.get(0).getAsJsonArray().size();
        require("loudnessDb[0]", "2 to 64 quantiles", columns, columns >= 2 && columns <= 64);
        float[][] db = new float[rows.size()][];
        for (int i = 0; i < db.length; i++) {
            String where = "loudnessDb[" + i + "]";
            db[i] = floats(where, rows.get(i), columns);
            for (int k = 0; k < columns; k++) {
                boolean rises = k == 0 || db[i][k] >= db[i][k - 1];
                require(where, "ascending numbers of -200 to 100", Arrays.toString(db[i]),
                        db[i][k] >= -200 && db[i][k] <= 100 && rises);
            }
        }
        return new LoudnessQuantiles(lowKey, keysPerRow, db);
    }

    private MeasuredNote note(int index, float[] values) {
        String where = "notes[" + index + "]";
        require(where + ".key", "0 to 127", values[0], values[0] >= 0 && values[0] <= 127);
        require(where + ".intervalSemitones", "-128 to 128", values[1], Float.isNaN(values[1]) || Math.abs(values[1]) <= 128);
        require(where + ".gapSeconds", "at most 3600", values[2], Float.isNaN(values[2]) || Math.abs(values[2]) <= 3600);
        require(where + ".level", "0 to 1", values[3], values[3] >= 0 && values[3] <= 1);
        require(where + ".seconds", "0 to 3600", values[4], values[4] >= 0 && values[4] <= 3600);
        require(where + ".vibratoWeight", "0 to 10000", values[5], values[5] >= 0 && values[5] <= 10000);
        NoteExpression expression = NoteExpression.of(Arrays.copyOfRange(values, CONTEXT.size(), values.length));
        for (NoteField field : NoteField.ALL) {
            float value = field.of(expression);
            require(where + "." + field.label, field.min + " to " + field.max, value, field.allows(value));
            require(where + "." + field.label, "a number with or without the fields that go with it", value,
                    Float.isNaN(value) != expression.knows(field.group));
        }
        double gap = Float.isNaN(values[2]) ? Double.POSITIVE_INFINITY : values[2];
        return new MeasuredNote(new NoteContext(values[0], values[1], gap, values[3]), values[4], values[5], expression);
    }

    private JsonArray array(JsonObject root, String name, int min, int max) {
        JsonElement element = root.get(name);
        int size = element != null && element.isJsonArray() ? element.getAsJsonArray().size() : -1;
        require(name, min + " to " + max + " rows", size < 0 ? "no list" : size, size >= min && size <= max);
        return element.getAsJsonArray();
    }

    private float[] floats(String where, JsonElement row, int size) {
        require(where, size + " numbers", row.isJsonArray() ? row.getAsJsonArray().size() : row,
                row.isJsonArray() && row.getAsJsonArray().size() == size);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            JsonElement element = row.getAsJsonArray().get(i);
            values[i] = element.isJsonNull() ? Float.NaN : element.getAsFloat();
            require(where, "finite numbers", element, element.isJsonNull() || Float.isFinite(values[i]));
        }
        return values;
    }

    private static double number(JsonElement element) {
        return element != null && element.isJsonPrimitive() ? element.getAsDouble() : Double.NaN;
    }

    private void require(String field, Object expected, Object found, boolean holds) {
        if (!holds) {
            String text = String.valueOf(found);
            String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
            throw new UserError(file + ": " + field + " is " + shown + "; expected " + expected
                    + ". Copy the model folder again or run 'chanterelle train expression'");
        }
    }
}
