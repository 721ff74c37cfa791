package org.chanterelle.generate;

import org.chanterelle.model.ModelCard;
import org.chanterelle.signal.FeatureTrack;

/**
 * How well a melody lies on an instrument.
 *
 * @param outOfRangeShare share of the voiced frames whose pitch lies beyond the model's training range, 0 to 1
 * @param bestOctave the octaves up (negative: down) that would leave the smallest share out of range, the fewest of equals
 */
public record PitchFit(double outOfRangeShare, int bestOctave) {
    private static final int MAX_OCTAVES = 4;

    /** Compares what was played with what was learned. */
    static PitchFit of(FeatureTrack played, ModelCard.PitchRange range) {
        int best = 0;
        double bestShare = share(played, range, 1);
        for (int octave = 1; octave <= MAX_OCTAVES; octave++) {
            for (int signed : new int[] {octave, -octave}) {
                double share = share(played, range, Math.pow(2, signed));
                if (share < bestShare) {
                    best = signed;
                    bestShare = share;
                }
            }
        }
        return new PitchFit(share(played, range, 1), best);
    }

    private static double share(FeatureTrack played, ModelCard.PitchRange range, double ratio) {
        int voiced = 0;
        int beyond = 0;
        for (int i = 0; i < played.length(); i++) {
            if (played.voiced()[i]) {
                double f0Hz = played.f0Hz()[i] * ratio;
                voiced++;
                beyond += f0Hz < range.lowHz() || f0Hz > range.highHz() ? 1 : 0;
            }
        }
        return voiced == 0 ? 0 : (double) beyond / voiced;
    }
}
