package org.chanterelle.model;

import java.util.List;
import java.util.Map;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;

/**
 * All that is known of a model: {@code card.json}.
 *
 * @param formatVersion version of this file's format
 * @param name what a user calls it
 * @param kind family of models, see {@link ModelConfig#kind()}
 * @param description one sentence for a musician
 * @param licence licence of the weights
 * @param config what rebuilds the network
 * @param normalisation how features become inputs
 * @param pitchRange what it was trained on
 * @param rooms name of each learned impulse response, in weight order
 * @param training how it was made
 * @param data what it was made from
 * @param metrics measured figures by name
 */
public record ModelCard(
        int formatVersion,
        String name,
        String kind,
        String description,
        String licence,
        TimbreConfig config,
        Normalisation normalisation,
        PitchRange pitchRange,
        List<String> rooms,
        Training training,
        List<Source> data,
        Map<String, Double> metrics) {

    /** The format that this version reads and writes. */
    public static final int FORMAT_VERSION = 1;

    /**
     * Pitches heard in training, between the 1st and 99th percentile of voiced frames.
     *
     * @param lowHz lower end
     * @param medianHz median
     * @param highHz upper end
     */
    public record PitchRange(float lowHz, float medianHz, float highHz) {}

    /**
     * How the weights were made.
     *
     * @param command what to type to make them again
     * @param steps optimiser steps
     * @param minutes time spent
     * @param seed seed of initial weights, crops and noise
     */
    public record Training(String command, long steps, double minutes, long seed) {}

    /**
     * One source of training recordings.
     *
     * @param licence its licence
     * @param attribution the line that the licence asks for
     * @param files names of the recordings
     */
    public record Source(String licence, String attribution, List<String> files) {}
}
