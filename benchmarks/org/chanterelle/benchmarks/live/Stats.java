package org.chanterelle.benchmarks.live;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What our client writes about itself with {@code --stats}: an object a line. */
final class Stats {
    private final Path file;

    Stats(Path file) {
        this.file = file;
    }

    /** All whole lines so far. */
    List<JsonObject> lines() throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        if (Files.exists(file)) {
            String text = Files.readString(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().filter(line -> !line.isBlank()).forEach(line -> objects.add(
                    JsonParser.parseString(line).getAsJsonObject()));
        }
        return objects;
    }

    /** The last line. */
    JsonObject last() throws IOException {
        List<JsonObject> lines = lines();
        if (lines.isEmpty()) {
            throw new BenchFailure(file + ": no statistics; expected a line each second");
        }
        return lines.getLast();
    }

    /** The largest that a figure was in the last lines. */
    double most(String name, int lines) throws IOException {
        List<JsonObject> all = lines();
        return all.subList(Math.max(0, all.size() - lines), all.size()).stream().mapToDouble(line -> Report.number(line, name))
                .max()
                .orElse(Double.NaN);
    }

    /** The last line up to a moment of the session, s. */
    JsonObject at(double seconds) throws IOException {
        JsonObject found = new JsonObject();
        for (JsonObject line : lines()) {
            if (line.get("seconds").getAsDouble() <= seconds) {
                found = line;
            }
        }
        return found;
    }
}
