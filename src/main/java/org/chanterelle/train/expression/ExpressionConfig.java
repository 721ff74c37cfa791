package org.chanterelle.train.expression;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.model.ModelCard;
import org.chanterelle.signal.UserError;

/**
 * What {@code train expression --config} may set; every field has a default. Patterns are globs of file names.
 *
 * @param folders under the data directory
 * @param sources licences and attributions, by patterns of path under the data directory
 * @param singleNotes recordings of single notes: they tell nothing of levels, gaps and intervals
 * @param withoutVibrato recordings whose players were asked to play straight: they tell nothing of vibrato
 * @param reverberant recordings in rooms that ring: they tell nothing of releases
 * @param lowestKey MIDI number of the instrument's lowest note: what seems to lie lower is another note's octave
 * @param players recordings of each player, to be compared with each other
 * @param validFolder folder of held-out recordings
 */
public record ExpressionConfig(
        List<String> folders,
        List<ModelCard.Source> sources,
        List<String> singleNotes,
        List<String> withoutVibrato,
        List<String> reverberant,
        double lowestKey,
        List<String> players,
        String validFolder) {

    private static final long MAX_CONFIG_BYTES = 1 << 20;
    private static final Gson GSON = new Gson();

    /** What is used where a configuration file is silent. */
    public static ExpressionConfig defaults() {
        return new ExpressionConfig(List.of("."), List.of(), List.of(), List.of(), List.of(), 0, List.of(), "valid");
    }

    /**
     * Reads a configuration file over the defaults.
     *
     * @throws UserError naming the field that is unknown or malformed
     */
    public static ExpressionConfig read(Path file) {
        try {
            if (Files.size(file) > MAX_CONFIG_BYTES) {
                throw new UserError(file + ": larger than a configuration may be (1 MiB)");
            }
            JsonObject merged = GSON.toJsonTree(defaults()).getAsJsonObject();
            JsonObject given = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            given.entrySet().forEach(entry -> {
                if (!merged.has(entry.getKey())
                        || entry.getValue().isJsonArray() != merged.get(entry.getKey()).isJsonArray()) {
                    throw new UserError(file + ": " + entry.getKey()
                            + ": expected another kind of value, or one of " + merged.keySet()
                            + ". Correct it");
                }
                merged.add(entry.getKey(), entry.getValue());
            });
            return GSON.fromJson(merged, ExpressionConfig.class);
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": configuration not found", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new UserError(file + ": not a configuration: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    /** The same, of the held-out recordings. */
    public ExpressionConfig ofValid() {
        return new ExpressionConfig(
                List.of(validFolder), sources, singleNotes, withoutVibrato, reverberant, lowestKey, players, validFolder);
    }

    /** Whether one of the patterns fits. */
    static boolean fits(List<String> patterns, Path name) {
        return patterns.stream().anyMatch(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(name));
    }
}
