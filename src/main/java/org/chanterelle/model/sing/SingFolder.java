package org.chanterelle.model.sing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.UserError;

/**
 * A SING model on disk, checked.
 *
 * @param path its folder
 * @param card what is known of it
 * @param weights the generator's and the decoder's, all finite
 */
public record SingFolder(Path path, SingCard card, Map<String, Tensor> weights) {
    private static final String REMEDY = "Copy the model folder again or retrain";

    /**
     * Loads and checks a folder.
     *
     * @throws UserError in one line, when anything is missing, damaged, of another kind or does not fit the card
     */
    public static SingFolder load(Path folder) {
        SingCard card = loadCard(folder);
        return new SingFolder(folder, card, CardFile.weights(folder, card.config()));
    }

    /** Loads and checks the card alone. */
    public static SingCard loadCard(Path folder) {
        SingCard card = CardFile.read(folder, SingConfig.KIND, SingCard.class);
        Path file = folder.resolve(ModelFolder.CARD);
        CardFile.require(file, "config", "the network's configuration", card.config(), card.config() != null);
        card.config().check(file + ": config.", REMEDY);
        List<SingCard.Instrument> instruments = card.instruments();
        int count = instruments == null ? 0 : instruments.size();
        int expected = card.config().instruments().size();
        CardFile.require(file, "instruments", expected + " entries", count, count == expected);
        for (int i = 0; i < count; i++) {
            SingCard.Instrument instrument = instruments.get(i);
            String name = card.config().instruments().get(i);
            CardFile.require(file, "instruments", name + " with its family and range", instrument,
                    instrument != null && name.equals(instrument.name()) && instrument.family() != null
                            && instrument.lowestPitch() >= card.config().lowestPitch()
                            && instrument.highestPitch() >= instrument.lowestPitch()
                            && instrument.highestPitch() <= card.config().highestPitch());
            CardFile.require(file, "instruments", name + " with a level of -24 to 24 dB for each pitch", instrument.levelsDb(),
                    areLevels(instrument));
        }
        return card;
    }

    private static boolean areLevels(SingCard.Instrument instrument) {
        List<Double> levels = instrument.levelsDb();
        return levels == null || levels.size() == instrument.highestPitch() - instrument.lowestPitch() + 1
                && levels.stream().allMatch(db -> db != null && Math.abs(db) <= SingLevels.MOST_DB);
    }
}
