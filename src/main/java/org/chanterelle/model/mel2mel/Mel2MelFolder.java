package org.chanterelle.model.mel2mel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.UserError;

/**
 * A Mel2Mel model on disk, checked.
 *
 * @param path its folder
 * @param card what is known of it
 * @param weights by name, all finite
 */
public record Mel2MelFolder(Path path, Mel2MelCard card, Map<String, Tensor> weights) {
    /**
     * Loads and checks a folder.
     *
     * @throws UserError in one line, when anything is missing, damaged, of another kind or does not fit the card
     */
    public static Mel2MelFolder load(Path folder) {
        Mel2MelCard card = loadCard(folder);
        return new Mel2MelFolder(folder, card, CardFile.weights(folder, card.config()));
    }

    /** Loads and checks the card alone. */
    public static Mel2MelCard loadCard(Path folder) {
        Mel2MelCard card = CardFile.read(folder, Mel2MelConfig.KIND, Mel2MelCard.class);
        Path file = folder.resolve(ModelFolder.CARD);
        CardFile.require(file, "config", "the network's configuration", card.config(), card.config() != null);
        card.config().check(file + ": config.", "Copy the model folder again or retrain");
        return card;
    }

    /** The timbre of an instrument by its row. */
    public float[] timbre(int instrument) {
        int size = card.config().timbreSize();
        return Arrays.copyOfRange(weights.get(Mel2MelConfig.TIMBRES).values(), instrument * size, (instrument + 1) * size);
    }
}
