package org.chanterelle.train;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.chanterelle.signal.UserError;

/** Settings from a JSON file; what the file does not name has its default. */
public final class ConfigJson {
    private static final long MAX_CONFIG_BYTES = 1 << 20;
    private static final Gson GSON = new Gson();

    private ConfigJson() {}

    /**
     * Reads a configuration file over defaults; values are not checked yet.
     *
     * @param nested fields whose own fields have defaults too
     * @throws UserError naming the field that is unknown or malformed
     */
    public static <T> T read(Path file, T defaults, Class<T> type, Set<String> nested) {
        try {
            if (Files.size(file) > MAX_CONFIG_BYTES) {
                throw new UserError(file + ": larger than a configuration may be (1 MiB)");
            }
            JsonObject given = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            JsonObject merged = GSON.toJsonTree(defaults).getAsJsonObject();
            merge(file, "", merged, given, nested);
            return GSON.fromJson(merged, type);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new UserError(file + ": configuration not found", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        } catch (JsonParseException | IllegalStateException e) {
            throw new UserError(file + ": not a training configuration: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    /**
     * Checks a setting.
     *
     * @param where file, or file and field, that hold it, as it is to stand before the field's name
     * @throws UserError naming the field, what was found and what was expected, where it does not hold
     */
    public static void require(String where, String field, boolean holds, String expected, Object found) {
        if (!holds) {
            throw new UserError(where + field + " is " + found + "; expected " + expected);
        }
    }

    private static void merge(Path file, String prefix, JsonObject base, JsonObject given, Set<String> nested) {
        for (Map.Entry<String, JsonElement> entry : given.entrySet()) {
            String field = entry.getKey();
            if (!base.has(field)) {
                throw new UserError(
                        file + ": " + prefix + field + " is not a training setting; expected one of " + base.keySet());
            }
            if (nested.contains(field)) {
                merge(file, field + ".", base.getAsJsonObject(field), entry.getValue().getAsJsonObject(), Set.of());
            } else {
                base.add(field, entry.getValue());
            }
        }
    }
}
