package org.chanterelle.model.timbre;

import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.Units;

/**
 * How physical features become network inputs: statistics of the training set's loudness.
 *
 * @param loudnessMeanDb mean over the sounding control frames
 * @param loudnessStdDb standard deviation over them
 * @param loudnessLowDb 5th percentile: below it the network's input stays, and the rest is plain gain
 * @param loudnessHighDb 95th percentile: above it the same
 * @param levelDbfs RMS level that every training recording was brought to
 * @param outputGainDb by how much the trained network plays too soft: the spectral loss favours the median of a fluctuating
 *     spectrum, which lies below its mean. Measured on the training set, made good by plain gain
 */
public record Normalisation(
        float loudnessMeanDb,
        float loudnessStdDb,
        float loudnessLowDb,
        float loudnessHighDb,
        float levelDbfs,
        float outputGainDb) {

    /** The same with another output gain. */
    public Normalisation withOutputGainDb(double db) {
        return new Normalisation(loudnessMeanDb, loudnessStdDb, loudnessLowDb, loudnessHighDb, levelDbfs, (float) db);
    }

    /** The network's pitch input: octaves above A4. */
    @RealTime
    public static float pitchInput(float f0Hz) {
        return (float) (Math.log(f0Hz / Units.A4_HZ) / Math.log(2.0));
    }

    /** The network's loudness input: standard deviations above the mean, clamped to the percentiles. */
    @RealTime
    public float loudnessInput(float loudnessDb) {
        float clamped = Math.max(loudnessLowDb, Math.min(loudnessHighDb, loudnessDb));
        return (clamped - loudnessMeanDb) / loudnessStdDb;
    }

    /** The linear gain that carries what {@link #loudnessInput} clamped away, and the output gain. */
    @RealTime
    public float gain(float loudnessDb) {
        float beyond = Math.max(0, loudnessDb - loudnessHighDb) + Math.min(0, loudnessDb - loudnessLowDb);
        return (float) Units.dbToGain(beyond + outputGainDb);
    }
}
