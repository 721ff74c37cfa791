package org.chanterelle.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.chanterelle.signal.UserError;

/** What the model folders of every kind have in common: a card that names the kind, and weights that fit its configuration. */
public final class CardFile {
    private static final long MAX_CARD_BYTES = 1 << 20;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private CardFile() {}

    /**
     * The kind of model in a folder, see {@link ModelConfig#kind()}.
     *
     * @throws UserError when there is no card, or it is damaged
     */
    public static String kind(Path folder) {
        JsonElement kind = parse(folder).get("kind");
        return kind == null || !kind.isJsonPrimitive() ? "null" : kind.getAsString();
    }

    /**
     * Reads a card of one kind; of its fields only the name is checked yet.
     *
     * @throws UserError when it is missing, damaged or of another kind
     */
    public static <T> T read(Path folder, String kind, Class<T> type) {
        Path file = folder.resolve(ModelFolder.CARD);
        JsonObject json = parse(folder);
        try {
            JsonElement version = json.get("formatVersion");
            require(file, "formatVersion", ModelCard.FORMAT_VERSION + "", version,
                    version != null && version.getAsInt() == ModelCard.FORMAT_VERSION);
            String found = kind(folder);
            if (!kind.equals(found)) {
                throw new UserError(file + ": kind is " + found + "; expected " + kind + ". Choose a " + kind
                        + " model; see 'chanterelle models'");
            }
            JsonElement name = json.get("name");
            require(file, "name", "a name", name, name != null && name.isJsonPrimitive() && !name.getAsString().isBlank());
            return GSON.fromJson(json, type);
        } catch (JsonParseException | IllegalStateException | NumberFormatException | UnsupportedOperationException e) {
            throw damaged(file, e);
        }
    }

    private static JsonObject parse(Path folder) {
        Path file = folder.resolve(ModelFolder.CARD);
        try {
            if (Files.size(file) > MAX_CARD_BYTES) {
                throw new UserError(file + ": larger than a card may be (1 MiB). Copy the model folder again");
            }
            JsonElement json = JsonParser.parseString(Files.readString(file));
            if (json.isJsonNull()) {
                throw new UserError(file + ": empty. Copy the model folder again");
            }
            return json.getAsJsonObject();
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(folder.resolve("training"))) {
                throw new UserError(folder + ": half-trained: it has checkpoints but no " + ModelFolder.CARD
                        + " yet. Run its train command again to go on", e);
            }
            throw new UserError(
                    folder + ": no model here: " + ModelFolder.CARD + " not found. See 'chanterelle models'", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        } catch (JsonParseException | IllegalStateException e) {
            throw damaged(file, e);
        }
    }

    private static UserError damaged(Path file, Exception e) {
        return new UserError(file + ": not a model card: " + firstLine(e) + ". Copy the model folder again", e);
    }

    private static String firstLine(Exception e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("malformed JSON");
        // Gson hands on the name of the exception underneath, and ends with a path and a full stop.
        return line.replaceFirst("^[\\w.$]+Exception: ", "").replaceFirst("[$.]+$", "").strip();
    }

    /** A card as it stands in {@code card.json}. */
    public static String toJson(Object card) {
        return GSON.toJson(card) + "\n";
    }

    /** Throws UserError unless the field lies within its limits. */
    public static void requireIn(Path file, String field, double found, double min, double max) {
        require(file, field, min + " to " + max, found, found >= min && found <= max);
    }

    /** Throws UserError unless the field is as expected. */
    public static void require(Path file, String field, String expected, Object found, boolean holds) {
        if (!holds) {
            throw new UserError(
                    file + ": " + field + " is " + found + "; expected " + expected + ". Copy the model folder again or retrain");
        }
    }

    /**
     * The weights in a folder.
     *
     * @throws UserError unless they are those that the configuration promises, and finite
     */
    public static Map<String, Tensor> weights(Path folder, ModelConfig config) {
        Path file = folder.resolve(ModelFolder.WEIGHTS);
        Map<String, Tensor> weights = Safetensors.read(file);
        checkWeights(file, config, weights);
        return weights;
    }

    /** Throws UserError unless the weights are those that the configuration promises, and finite. */
    private static void checkWeights(Path file, ModelConfig config, Map<String, Tensor> weights) {
        Map<String, int[]> expected = config.weightShapes();
        for (Map.Entry<String, int[]> entry : expected.entrySet()) {
            Tensor tensor = weights.get(entry.getKey());
            String found = tensor == null ? "nothing" : Arrays.toString(tensor.shape());
            if (tensor == null || !Arrays.equals(tensor.shape(), entry.getValue())) {
                throw new UserError(file + ": " + entry.getKey() + ": the card expects shape " + Arrays.toString(entry.getValue())
                        + ", found " + found + ". Card and weights are of different models; copy the folder again");
            }
            for (float value : tensor.values()) {
                if (!Float.isFinite(value)) {
                    throw new UserError(file + ": " + entry.getKey() + " holds " + value
                            + "; expected finite numbers. Train again from an earlier checkpoint");
                }
            }
        }
        for (String name : weights.keySet()) {
            if (!expected.containsKey(name)) {
                throw new UserError(file + ": " + name + ": not in a " + config.kind()
                        + " model. Card and weights are of different models; copy the folder again");
            }
        }
    }
}
