package org.chanterelle.model.vocoder;

import java.nio.file.Path;
import java.util.Map;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;

/**
 * A neural vocoder on disk, checked.
 *
 * @param path its folder
 * @param card what is known of it
 * @param weights all finite
 */
public record VocoderFolder(Path path, VocoderCard card, Map<String, Tensor> weights) {
    private static final int MAX_WIDTH = 4096;

    /**
     * Loads and checks a folder.
     *
     * @throws org.chanterelle.signal.UserError in one line, when anything is missing, damaged, of another kind or does not fit the card
     */
    public static VocoderFolder load(Path folder) {
        VocoderCard card = loadCard(folder);
        return new VocoderFolder(folder, card, CardFile.weights(folder, card.network()));
    }

    /** Loads and checks the card alone. */
    public static VocoderCard loadCard(Path folder) {
        VocoderCard card = CardFile.read(folder, VocoderCard.KIND, VocoderCard.class);
        Path file = folder.resolve(ModelFolder.CARD);
        CardFile.require(file, "parallel, wavenet", "one of the two networks", card.network(),
                (card.parallel() == null) != (card.wavenet() == null));
        if (card.parallel() != null) {
            check(file, card.parallel());
        } else {
            check(file, card.wavenet());
        }
        return card;
    }

    private static void check(Path file, ParallelConfig config) {
        CardFile.requireIn(file, "parallel.channels", config.channels(), 2, MAX_WIDTH);
        CardFile.requireIn(file, "parallel.hidden", config.hidden(), 2, MAX_WIDTH);
        CardFile.requireIn(file, "parallel.blocks", config.blocks(), 1, 64);
        CardFile.require(file, "parallel.kernel", "an odd number from 1 to 31", config.kernel(),
                config.kernel() >= 1 && config.kernel() <= 31 && config.kernel() % 2 == 1);
    }

    private static void check(Path file, WaveNetConfig config) {
        CardFile.requireIn(file, "wavenet.layers", config.layers(), 1, 100);
        CardFile.requireIn(file, "wavenet.cycle", config.cycle(), 1, 14);
        CardFile.requireIn(file, "wavenet.channels", config.channels(), 2, MAX_WIDTH);
        CardFile.requireIn(file, "wavenet.skip", config.skip(), 2, MAX_WIDTH);
        CardFile.requireIn(file, "wavenet.condition", config.condition(), 0, MAX_WIDTH);
    }
}
