package org.chanterelle.evaluate;

/**
 * How well one melody follows another, each a fraction of frames (Salamon et al. 2014).
 *
 * @param voicingRecall share of the reference's voiced frames that the estimate calls voiced
 * @param voicingFalseAlarm share of the reference's unvoiced frames that the estimate calls voiced
 * @param rawPitchAccuracy share of the reference's voiced frames whose pitch is right, whatever the estimate's voicing
 * @param rawChromaAccuracy the same with octave errors forgiven
 * @param overallAccuracy share of all frames with right voicing and, where voiced, right pitch
 */
public record MelodyScores(
        double voicingRecall,
        double voicingFalseAlarm,
        double rawPitchAccuracy,
        double rawChromaAccuracy,
        double overallAccuracy) {}
