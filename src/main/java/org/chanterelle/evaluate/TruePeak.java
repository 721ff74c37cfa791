package org.chanterelle.evaluate;

import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.Levels;

/** The level that a sound reaches between its samples, as ITU-R BS.1770 estimates it: the peak at four times the rate. */
public final class TruePeak {
    private static final int OVERSAMPLING = 4;

    private TruePeak() {}

    /** True peak in dBTP, never below the largest sample's; negative infinity for silence. */
    public static double dbtp(float[] audio, double sampleRateHz) {
        float[] fine = Resampler.resample(audio, sampleRateHz, OVERSAMPLING * sampleRateHz);
        return Math.max(Levels.peakDbfs(audio), Levels.peakDbfs(fine));
    }
}
