package org.chanterelle.signal;

import java.util.Arrays;

/**
 * The features of a whole sound: control frame {@code i} describes the instant {@code i / controlRateHz} seconds, latency already
 * removed. Arrays are of equal length and not copied; treat them as read-only.
 *
 * @param controlRateHz control frames a second
 * @param f0Hz fundamental frequency in Hz, positive everywhere (held in rests)
 * @param loudnessDb A-weighted loudness in dB
 * @param confidence periodicity, 0 to 1
 * @param voiced whether a pitch sounds
 */
public record FeatureTrack(double controlRateHz, float[] f0Hz, float[] loudnessDb, float[] confidence, boolean[] voiced) {
    /** Number of control frames. */
    public int length() {
        return f0Hz.length;
    }

    /** The control frames from {@code from} (inclusive) to {@code to} (exclusive), copied. */
    public FeatureTrack slice(int from, int to) {
        return new FeatureTrack(
                controlRateHz,
                Arrays.copyOfRange(f0Hz, from, to),
                Arrays.copyOfRange(loudnessDb, from, to),
                Arrays.copyOfRange(confidence, from, to),
                Arrays.copyOfRange(voiced, from, to));
    }

    /** Copies control frame {@code frame} into {@code out}. */
    public void get(int frame, AudioFeatures out) {
        out.f0Hz = f0Hz[frame];
        out.loudnessDb = loudnessDb[frame];
        out.confidence = confidence[frame];
        out.voiced = voiced[frame];
    }
}
