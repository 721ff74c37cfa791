package org.chanterelle.model.vocoder;

import java.util.List;
import java.util.Map;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelConfig;

/**
 * All that is known of a neural vocoder: its {@code card.json}. It has one of the two networks.
 *
 * @param formatVersion version of this file's format
 * @param name what a user calls it
 * @param kind {@link #KIND}
 * @param description one sentence for a musician
 * @param licence licence of the weights
 * @param parallel the parallel network, or null
 * @param wavenet WaveNet, or null
 * @param training how it was made
 * @param data what it was made from
 * @param metrics measured figures by name
 */
public record VocoderCard(
        int formatVersion,
        String name,
        String kind,
        String description,
        String licence,
        ParallelConfig parallel,
        WaveNetConfig wavenet,
        ModelCard.Training training,
        List<ModelCard.Source> data,
        Map<String, Double> metrics) {
    /** The family's name in {@code card.json}. */
    public static final String KIND = "vocoder";

    /** Whichever network it has. */
    public ModelConfig network() {
        return parallel == null ? wavenet : parallel;
    }
}
