package org.chanterelle.model.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.UserError;

/**
 * One level's autoencoder on disk, checked.
 *
 * @param path its folder
 * @param card what is known of it
 * @param weights encoder, decoder and codebook, all finite
 * @param checksum CRC-32C of the file of weights: which model codes belong to
 */
public record VqVaeFolder(Path path, VqVaeCard card, Map<String, Tensor> weights, int checksum) {
    /**
     * Loads and checks a folder.
     *
     * @throws UserError in one line, when anything is missing, damaged, of another kind or does not fit the card
     */
    public static VqVaeFolder load(Path folder) {
        VqVaeCard card = loadCard(folder);
        Map<String, Tensor> weights = CardFile.weights(folder, card.config());
        return new VqVaeFolder(folder, card, weights, checksum(folder.resolve(ModelFolder.WEIGHTS)));
    }

    /** Loads and checks the card alone. */
    public static VqVaeCard loadCard(Path folder) {
        VqVaeCard card = CardFile.read(folder, VqVaeConfig.KIND, VqVaeCard.class);
        Path file = folder.resolve(ModelFolder.CARD);
        CardFile.require(file, "config", "the network's configuration", card.config(), card.config() != null);
        card.config().check(file + ": config.");
        return card;
    }

    /** The codebook, at rest. */
    public Codebook codebook() {
        VqVaeConfig config = card.config();
        return new Codebook(config.codes(), config.embedding(), weights.get(VqVaeConfig.CODEBOOK).values());
    }

    private static int checksum(Path file) {
        try {
            CRC32C crc = new CRC32C();
            crc.update(Files.readAllBytes(file));
            return (int) crc.getValue();
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Copy the model folder again", e);
        }
    }
}
