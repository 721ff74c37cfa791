package org.chanterelle.model.jukebox;

import java.util.List;
import java.util.Map;
import org.chanterelle.model.ModelCard;

/**
 * All that is known of a prior or an upsampler: its {@code card.json}.
 *
 * @param formatVersion version of this file's format
 * @param name what a user calls it
 * @param kind {@link PriorConfig#KIND}
 * @param description one sentence for a musician
 * @param licence licence of the weights
 * @param config what rebuilds the network
 * @param training how it was made
 * @param data what it was made from
 * @param metrics measured figures by name
 */
public record PriorCard(
        int formatVersion,
        String name,
        String kind,
        String description,
        String licence,
        PriorConfig config,
        ModelCard.Training training,
        List<ModelCard.Source> data,
        Map<String, Double> metrics) {}
