package org.chanterelle.benchmarks.live;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A table as it grows, and all of it as JSON at the end. */
final class Report {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private final Path file;
    private final JsonArray rows = new JsonArray();

    Report(Path file) {
        this.file = file;
    }

    /** Prints a line; the format is of {@link String#format}. */
    void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** Keeps a result, and writes what there is, so that a run that is cut short leaves its figures. */
    void keep(String what, JsonElement result) throws IOException {
        JsonObject row = new JsonObject();
        row.addProperty("what", what);
        row.add("result", result);
        rows.add(row);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, GSON.toJson(rows));
    }

    void end() {
        print("JSON: %s", file);
    }

    /** A number of a result, by its path; NaN when it is not there. */
    static double number(JsonObject result, String... path) {
        JsonElement at = result;
        for (String name : path) {
            at = at != null && at.isJsonObject() ? at.getAsJsonObject().get(name) : null;
        }
        return at == null || at.isJsonNull() ? Double.NaN : at.getAsDouble();
    }
}
