package org.chanterelle.model;

import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final int MAX_UNITS = 4096;

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
        Map<String, Tensor> weights = CardFile.weights(folder, card.config());
        Path expression = folder.resolve(ExpressionModel.FILE);
        return new ModelFolder(folder, card, weights,
                Files.exists(expression) ? Optional.of(ExpressionJson.read(expression)) : Optional.empty());
    }

    /** Loads and checks the card alone. */
    public static ModelCard loadCard(Path folder) {
        ModelCard card = CardFile.read(folder, "timbre", ModelCard.class);
        checkCard(folder.resolve(CARD), card);
        return card;
    }

    /** The card as it stands in {@code card.json}. */
    public static String toJson(ModelCard card) {
        return CardFile.toJson(card);
    }

    private static void checkCard(Path file, ModelCard card) {
        TimbreConfig config = card.config();
        CardFile.require(file, "config", "the network's configuration", config, config != null);
        CardFile.requireIn(file, "config.units", config.units(), 1, MAX_UNITS);
        CardFile.requireIn(file, "config.harmonics", config.harmonics(), 1, 1024);
        CardFile.requireIn(file, "config.noiseBands", config.noiseBands(), 2, 2049);
        int rate = config.sampleRateHz();
        CardFile.require(file, "config.sampleRateHz", "16000, 32000, 44100 or 48000", rate,
                rate == 16000 || rate == 32000 || rate == 44100 || rate == 48000);
        CardFile.requireIn(file, "config.controlRateHz", config.controlRateHz(), 20, 2000);
        CardFile.requireIn(file, "config.reverbTaps", config.reverbTaps(), 0, 10 * rate);
        CardFile.requireIn(file, "config.rooms", config.rooms(), config.reverbTaps() > 0 ? 1 : 0, 64);
        CardFile.requireIn(file, "config.noiseBias", config.noiseBias(), -20, 20);
        CardFile.require(file, "config.skip", "FEATURES or INPUTS", config.skip(), config.skip() != null);
        int rooms = card.rooms() == null ? 0 : card.rooms().size();
        CardFile.require(file, "rooms", config.rooms() + " names", rooms, rooms == config.rooms());
        Normalisation n = card.normalisation();
        CardFile.require(file, "normalisation", "the training set's loudness statistics", n, n != null);
        CardFile.requireIn(file, "normalisation.outputGainDb", n.outputGainDb(), -24, 24);
        CardFile.requireIn(file, "normalisation.loudnessMeanDb", n.loudnessMeanDb(), -200, 100);
        CardFile.requireIn(file, "normalisation.loudnessStdDb", n.loudnessStdDb(), 0.01, 100);
        CardFile.requireIn(file, "normalisation.loudnessHighDb", n.loudnessHighDb(), n.loudnessLowDb(), 100);
        CardFile.requireIn(file, "normalisation.loudnessLowDb", n.loudnessLowDb(), -200, 100);
        ModelCard.PitchRange range = card.pitchRange();
        CardFile.require(file, "pitchRange", "the pitches of the training set", range, range != null);
        CardFile.requireIn(file, "pitchRange.lowHz", range.lowHz(), 10, 20000);
        CardFile.requireIn(file, "pitchRange.medianHz", range.medianHz(), range.lowHz(), range.highHz());
        CardFile.requireIn(file, "pitchRange.highHz", range.highHz(), range.lowHz(), 20000);
    }
}
