package org.chanterelle.model.jukebox;

import java.nio.file.Path;
import java.util.Map;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.UserError;

/**
 * A prior or an upsampler on disk, checked.
 *
 * @param path its folder
 * @param card what is known of it
 * @param weights by the names of {@link PriorConfig#weightShapes()}, all finite
 */
public record PriorFolder(Path path, PriorCard card, Map<String, Tensor> weights) {
    /**
     * Loads and checks a folder.
     *
     * @throws UserError in one line, when anything is missing, damaged, of another kind or does not fit the card
     */
    public static PriorFolder load(Path folder) {
        PriorCard card = loadCard(folder);
        return new PriorFolder(folder, card, CardFile.weights(folder, card.config()));
    }

    /** Loads and checks the card alone. */
    public static PriorCard loadCard(Path folder) {
        PriorCard card = CardFile.read(folder, PriorConfig.KIND, PriorCard.class);
        Path file = folder.resolve(ModelFolder.CARD);
        CardFile.require(file, "config", "the network's configuration", card.config(), card.config() != null);
        card.config().check(file + ": config.");
        return card;
    }

    /**
     * Checks that this model's codes are those of an autoencoder.
     *
     * @throws UserError when it was trained on those of another
     */
    public void checkCodesOf(VqVaeFolder autoencoder) {
        check(autoencoder, card.config().autoencoder(), "codes");
    }

    /** The same for the level above. */
    public void checkUpperCodesOf(VqVaeFolder autoencoder) {
        check(autoencoder, card.config().upperAutoencoder(), "codes of the level above");
    }

    private void check(VqVaeFolder autoencoder, int expected, String what) {
        if (autoencoder.checksum() != expected) {
            throw new UserError(String.format("%s: its %s are those of an autoencoder with checksum %08x, found %08x in %s."
                    + " Use the models that it was trained with", path, what, expected, autoencoder.checksum(),
                    autoencoder.path()));
        }
    }
}
