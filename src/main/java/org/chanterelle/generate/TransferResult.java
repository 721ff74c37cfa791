package org.chanterelle.generate;

import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.signal.FeatureTrack;

/**
 * What came of a transfer.
 *
 * @param audio mono; begins with the recording and ends after it by the length of the room
 * @param input the recording's features, at its own level
 * @param played what was asked of the instrument: transposed, at the level of {@code input} plus {@code loudnessDb}
 * @param levelShiftDb by how much the recording was louder (positive) or softer on its way into the network
 * @param outOfRangeShare share of the voiced frames whose pitch lies beyond the model's training range, 0 to 1
 * @param timing where the time went
 */
public record TransferResult(
        AudioClip audio,
        FeatureTrack input,
        FeatureTrack played,
        double levelShiftDb,
        double outOfRangeShare,
        Timing timing) {

    /**
     * Seconds of work, by stage.
     *
     * @param analysis features
     * @param network decoder steps
     * @param synthesis harmonics and noise
     * @param room convolution and limiter
     */
    public record Timing(double analysis, double network, double synthesis, double room) {
        /** All stages. */
        public double total() {
            return analysis + network + synthesis + room;
        }
    }
}
