package org.chanterelle.generate;

import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.analysis.LoudnessMeter;
import org.chanterelle.signal.FeatureTrack;

/**
 * What is still missing when the network did not sound as loud as it was asked to, which differs by pitch and room: one gain for the
 * whole sound, so that its mean loudness where it is voiced is the one asked for.
 */
final class LevelMatch {
    private static final double WINDOW_SECONDS = 0.02;

    /** More than a network can err by; what is further off has another cause. */
    private static final double MAX_DB = 24;

    private LevelMatch() {}

    /**
     * The gain in dB; 0 when nothing is voiced.
     *
     * @param asked loudness that each control frame should have
     */
    static double gainDb(float[] audio, double sampleRateHz, FeatureTrack asked) {
        int window = Integer.highestOneBit((int) (WINDOW_SECONDS * sampleRateHz)) * 2;
        LoudnessMeter meter = LoudnessMeter.rateIndependent(sampleRateHz, window, FeatureExtractor.LOUDNESS_MAX_HZ);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < asked.length(); i++) {
            int start = (int) Math.round(i * sampleRateHz / asked.controlRateHz()) - window / 2;
            if (asked.voiced()[i] && start >= 0 && start + window <= audio.length) {
                sum += asked.loudnessDb()[i] - meter.loudness(audio, start);
                count++;
            }
        }
        return count == 0 ? 0 : Math.clamp(sum / count, -MAX_DB, MAX_DB);
    }
}
