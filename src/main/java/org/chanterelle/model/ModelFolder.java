package org.chanterelle.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.chanterelle.model.expression.ExpressionJson;
import org.chanterelle.model.expression.ExpressionModel;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.UserError;

/**
 * A model on disk, checked.
 *
 * @param path its folder
 * @param card what is known of it
 * @param weights what the card promises, all finite
 * @param expression how notes are shaped, where the folder has it
 */
public record ModelFolder(Path path, ModelCard card, Map<String, Tensor> weights, Optional<ExpressionModel> expression) {
    /** File name of the card. */
    public static final String CARD = "card.json";

    /** File name of the weights. */
    public static final String WEIGHTS = "weights.safetensors";

    private static final long MAX_CARD_BYTES = 1 << 20;
    private static final int MAX_UNITS = 4096;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** A model without expression. */
    public ModelFolder(Path path, ModelCard card, Map<String, Tensor> weights) {
        this(path, card, weights, Optional.empty());
    }

    /**
     * Loads and checks a folder.
     *
     * @throws UserError in one line, when anything is missing, damaged or does not fit the card
     */
    public static ModelFolder load(Path folder) {
        ModelCard card = loadCard(folder);
        Path file = folder.resolve(WEIGHTS);
        Map<String, Tensor> weights = Safetensors.read(file);
        checkWeights(file, card.config(), weights);
        Path expression = folder.resolve(ExpressionModel.FILE);
        return new ModelFolder(folder, card, weights,
                Files.exists(expression) ? Optional.of(ExpressionJson.read(expression)) : Optional.empty());
    }

    /** Loads and checks the card alone. */
    public static ModelCard loadCard(Path folder) {
        Path file = folder.resolve(CARD);
        try {
            if (Files.size(file) > MAX_CARD_BYTES) {
                throw new UserError(file + ": larger than a card may be (1 MiB). Copy the model folder again");
            }
            ModelCard card = GSON.fromJson(Files.readString(file), ModelCard.class);
            if (card == null) {
                throw new UserError(file + ": empty. Copy the model folder again");
            }
            checkCard(file, card);
            return card;
        } catch (NoSuchFileException e) {
            throw new UserError(folder + ": no model here: " + CARD + " not found. See 'chanterelle models'", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
        } catch (JsonParseException e) {
            throw new UserError(file + ": not a model card: " + firstLine(e) + ". Copy the model folder again", e);
        }
    }

    /** The card as it stands in {@code card.json}. */
    public static String toJson(ModelCard card) {
        return GSON.toJson(card) + "\n";
    }

    private static String firstLine(Exception e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("malformed JSON");
        // Gson hands on the name of the exception underneath, and ends with a path and a full stop.
        return line.replaceFirst("^[\\w.$]+Exception: ", "").replaceFirst("[$.]+$", "").strip();
    }

    private static void checkCard(Path file, ModelCard card) {
        require(file, "formatVersion", ModelCard.FORMAT_VERSION + "", card.formatVersion(),
                card.formatVersion() == ModelCard.FORMAT_VERSION);
        require(file, "kind", "timbre", card.kind(), "timbre".equals(card.kind()));
        require(file, "name", "a name", card.name(), card.name() != null && !card.name().isBlank());
        TimbreConfig config = card.config();
        require(file, "config", "the network's configuration", config, config != null);
        requireIn(file, "config.units", config.units(), 1, MAX_UNITS);
        requireIn(file, "config.harmonics", config.harmonics(), 1, 1024);
        requireIn(file, "config.noiseBands", config.noiseBands(), 2, 2049);
        int rate = config.sampleRateHz();
        require(file, "config.sampleRateHz", "16000, 32000, 44100 or 48000", rate,
                rate == 16000 || rate == 32000 || rate == 44100 || rate == 48000);
        requireIn(file, "config.controlRateHz", config.controlRateHz(), 20, 2000);
        requireIn(file, "config.reverbTaps", config.reverbTaps(), 0, 10 * rate);
        requireIn(file, "config.rooms", config.rooms(), config.reverbTaps() > 0 ? 1 : 0, 64);
        requireIn(file, "config.noiseBias", config.noiseBias(), -20, 20);
        require(file, "config.skip", "FEATURES or INPUTS", config.skip(), config.skip() != null);
        int rooms = card.rooms() == null ? 0 : card.rooms().size();
        require(file, "rooms", config.rooms() + " names", rooms, rooms == config.rooms());
        Normalisation n = card.normalisation();
        require(file, "normalisation", "the training set's loudness statistics", n, n != null);
        requireIn(file, "normalisation.outputGainDb", n.outputGainDb(), -24, 24);
        requireIn(file, "normalisation.loudnessMeanDb", n.loudnessMeanDb(), -200, 100);
        requireIn(file, "normalisation.loudnessStdDb", n.loudnessStdDb(), 0.01, 100);
        requireIn(file, "normalisation.loudnessHighDb", n.loudnessHighDb(), n.loudnessLowDb(), 100);
        requireIn(file, "normalisation.loudnessLowDb", n.loudnessLowDb(), -200, 100);
        ModelCard.PitchRange range = card.pitchRange();
        require(file, "pitchRange", "the pitches of the training set", range, range != null);
        requireIn(file, "pitchRange.lowHz", range.lowHz(), 10, 20000);
        requireIn(file, "pitchRange.medianHz", range.medianHz(), range.lowHz(), range.highHz());
        requireIn(file, "pitchRange.highHz", range.highHz(), range.lowHz(), 20000);
    }

    private static void requireIn(Path file, String field, double found, double min, double max) {
        require(file, field, min + " to " + max, found, found >= min && found <= max);
    }

    private static void require(Path file, String field, String expected, Object found, boolean holds) {
        if (!holds) {
            throw new UserError(
                    file + ": " + field + " is " + found + "; expected " + expected + ". Copy the model folder again or retrain");
        }
    }

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
