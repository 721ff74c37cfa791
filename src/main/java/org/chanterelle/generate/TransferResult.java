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
 * @param makeUpDb gain that brought the output to the loudness asked for, where network and room had missed it
 * @param pitchFit how well the melody lies on the instrument
 * @param timing where the time went
 */
public record TransferResult(
        AudioClip audio,
        FeatureTrack input,
        FeatureTrack played,
        double levelShiftDb,
        double makeUpDb,
        PitchFit pitchFit,
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
