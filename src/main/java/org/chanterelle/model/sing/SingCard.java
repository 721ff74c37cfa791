package org.chanterelle.model.sing;

import java.util.List;
import java.util.Map;
import org.chanterelle.model.ModelCard;

/**
 * All that is known of a SING model: its {@code card.json}.
 *
 * @param formatVersion version of this file's format
 * @param name what a user calls it
 * @param kind {@link SingConfig#KIND}
 * @param description one sentence for a musician
 * @param licence licence of the weights
 * @param config what rebuilds the network
 * @param instruments what is known of each instrument, in the configuration's order
 * @param training how it was made
 * @param data what it was made from
 * @param metrics measured figures by name
 */
public record SingCard(
        int formatVersion,
        String name,
        String kind,
        String description,
        String licence,
        SingConfig config,
        List<Instrument> instruments,
        ModelCard.Training training,
        List<ModelCard.Source> data,
        Map<String, Double> metrics) {

    /**
     * One of the instruments.
     *
     * @param name as in the configuration
     * @param family such as "brass"
     * @param lowestPitch MIDI number of the lowest note that it was trained on
     * @param highestPitch of the highest
     * @param levelsDb by which each pitch of the range is raised, see {@link SingLevels}; null for as the network plays it
     */
    public record Instrument(String name, String family, int lowestPitch, int highestPitch, List<Double> levelsDb) {
        /** The same, as loud as told. */
        public Instrument withLevels(List<Double> db) {
            return new Instrument(name, family, lowestPitch, highestPitch, db);
        }
    }

    /** The same with other instruments. */
    public SingCard withInstruments(List<Instrument> others) {
        return new SingCard(formatVersion, name, kind, description, licence, config, others, training, data, metrics);
    }
}
