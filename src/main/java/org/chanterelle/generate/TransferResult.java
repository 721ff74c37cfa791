package org.chanterelle.generate;

import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.signal.FeatureTrack;

/**
 * What came of a transfer.
 *
 * @param audio mono; begins with the recording and ends after it by the length of the room
 * @param input the recording's features, at its own level
 * @param played what was asked of the instrument: transposed, at the level of {@code input} plus {@code loudnessDb}
 * @param levelShiftDb gain in dB on the recording's way into the network
 * @param makeUpDb gain that brought the output to the loudness asked for, where network and room had missed it
 * @param headroomDb 0, or the negative gain that keeps peaks below full scale
 * @param calibration with which a live session gives this level
 * @param rumbleHz below which the instrument's rumble was taken away
 * @param pitchFit how well the melody lies on the instrument
 * @param timing where the time went
 */
public record TransferResult(
        AudioClip audio,
        FeatureTrack input,
        FeatureTrack played,
        double levelShiftDb,
        double makeUpDb,
        double headroomDb,
        InputCalibration calibration,
        double rumbleHz,
        PitchFit pitchFit,
        Timing timing) {

    /** The same with other audio. */
    public TransferResult withAudio(AudioClip other) {
        return new TransferResult(
                other, input, played, levelShiftDb, makeUpDb, headroomDb, calibration, rumbleHz, pitchFit, timing);
    }

    /**
     * Seconds of work, by stage.
     *
     * @param analysis features
     * @param network decoder steps
     * @param synthesis harmonics and noise
     * @param room convolution and level
     */
    public record Timing(double analysis, double network, double synthesis, double room) {
        /** All stages. */
        public double total() {
            return analysis + network + synthesis + room;
        }
    }
}
