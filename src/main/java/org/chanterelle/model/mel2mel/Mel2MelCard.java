package org.chanterelle.model.mel2mel;

import java.util.List;
import java.util.Map;
import org.chanterelle.model.ModelCard;

/**
 * All that is known of a Mel2Mel model: its {@code card.json}.
 *
 * @param formatVersion version of this file's format
 * @param name what a user calls it
 * @param kind {@link Mel2MelConfig#KIND}
 * @param description one sentence for a musician
 * @param licence licence of the weights
 * @param config what rebuilds the network
 * @param loss what it was trained by
 * @param training how it was made
 * @param data what it was made from
 * @param metrics measured figures by name
 */
public record Mel2MelCard(
        int formatVersion,
        String name,
        String kind,
        String description,
        String licence,
        Mel2MelConfig config,
        String loss,
        ModelCard.Training training,
        List<ModelCard.Source> data,
        Map<String, Double> metrics) {}
