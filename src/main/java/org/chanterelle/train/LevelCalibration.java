package org.chanterelle.train;

import java.util.HashMap;
import java.util.Map;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.signal.FeatureTrack;

/** How much too soft or too loud a trained network plays its own training recordings. */
final class LevelCalibration {
    private static final double SECONDS_A_ROOM = 30;

    private LevelCalibration() {}

    /** Mean over the rooms of the loudness that voiced frames lack, in dB. */
    static double gainDb(TimbreStep step, Parameters weights, TimbreDataset data, double sampleRateHz) {
        Map<Integer, double[]> sums = new HashMap<>();
        for (TimbreClip clip : data.train()) {
            double[] sum = sums.computeIfAbsent(clip.room(), room -> new double[3]);
            double controlRateHz = clip.features().controlRateHz();
            int frames = (int) Math.min(clip.features().length(), (SECONDS_A_ROOM - sum[2]) * controlRateHz);
            if (frames >= controlRateHz / 2) {
                int hop = (int) Math.round(sampleRateHz / controlRateHz);
                TimbreClip part = clip.crop(0, frames, hop, clip.features().loudnessDb()[0]);
                FeatureTrack heard = FeatureExtractor.extract(step.render(weights, part, 1), sampleRateHz, controlRateHz);
                add(part.features(), heard, sum);
                sum[2] += frames / controlRateHz;
            }
        }
        return sums.values().stream().filter(s -> s[1] > 0).mapToDouble(s -> s[0] / s[1]).average().orElse(0);
    }

    private static void add(FeatureTrack asked, FeatureTrack heard, double[] sum) {
        for (int i = 0; i < Math.min(asked.length(), heard.length()); i++) {
            if (asked.voiced()[i]) {
                sum[0] += asked.loudnessDb()[i] - heard.loudnessDb()[i];
                sum[1]++;
            }
        }
    }
}
