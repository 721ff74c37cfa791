package org.chanterelle.evaluate;

import org.chanterelle.signal.FeatureTrack;

/**
 * How well one sound's loudness follows another's.
 *
 * @param meanErrorDb mean of the difference over the frames in which the reference is voiced; positive when the other is louder; 0
 *     when there is no such frame
 * @param rmsErrorDb root mean square of that difference
 * @param correlation Pearson's correlation over all frames, both floored at 60 dB below the reference's loudest frame
 * @param voicedCorrelation the same over the frames in which the reference is voiced
 */
public record LoudnessAgreement(double meanErrorDb, double rmsErrorDb, double correlation, double voicedCorrelation) {
    private static final float RANGE_DB = 60;

    /** Compares two tracks on the same grid; the longer one's rest is left out. */
    public static LoudnessAgreement between(FeatureTrack reference, FeatureTrack other) {
        int length = Math.min(reference.length(), other.length());
        float loudest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < length; i++) {
            loudest = Math.max(loudest, reference.loudnessDb()[i]);
        }
        Moments all = new Moments();
        Moments voiced = new Moments();
        for (int i = 0; i < length; i++) {
            double a = Math.max(loudest - RANGE_DB, reference.loudnessDb()[i]);
            double b = Math.max(loudest - RANGE_DB, other.loudnessDb()[i]);
            all.add(a, b);
            if (reference.voiced()[i]) {
                voiced.add(a, b);
            }
        }
        return new LoudnessAgreement(voiced.meanDifference(), voiced.rmsDifference(), all.correlation(), voiced.correlation());
    }

    private static final class Moments {
        private double count;
        private double a;
        private double b;
        private double aa;
        private double bb;
        private double ab;

        void add(double x, double y) {
            count++;
            a += x;
            b += y;
            aa += x * x;
            bb += y * y;
            ab += x * y;
        }

        double meanDifference() {
            return count == 0 ? 0 : (b - a) / count;
        }

        double rmsDifference() {
            return count == 0 ? 0 : Math.sqrt((aa - 2 * ab + bb) / count);
        }

        double correlation() {
            double deviations = Math.sqrt((count * aa - a * a) * (count * bb - b * b));
            return deviations > 0 ? (count * ab - a * b) / deviations : 0;
        }
    }
}
