package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/**
 * Soft limiter without delay. What stays below -3 dBFS passes bit for bit; beyond, the gain follows the peaks (at once up, slowly
 * down) along a curve that never reaches full scale. A number that is not finite becomes silence.
 */
public final class Limiter {
    /** Level in linear amplitude up to which nothing changes: -3 dBFS. */
    public static final float THRESHOLD = 0.70794578f;

    private static final float RANGE = 1f - THRESHOLD;
    private static final double RELEASE_SECONDS = 0.1;

    /** An excess below it changes no bit of the gain. */
    private static final float NEGLIGIBLE = 1e-6f;

    private final float keep;
    private float excess;

    /** @param sampleRateHz device rate */
    public Limiter(double sampleRateHz) {
        keep = (float) Math.exp(-1 / (RELEASE_SECONDS * sampleRateHz));
    }

    /** Forgets the peaks. */
    @RealTime
    public void reset() {
        excess = 0f;
    }

    /** Limits in place. */
    @RealTime
    public void process(float[] audio, int offset, int frames) {
        for (int i = offset; i < offset + frames; i++) {
            float size = Math.abs(audio[i]);
            if (!(size <= Float.MAX_VALUE)) {
                audio[i] = 0f;
                size = 0f;
            }
            excess = Math.max(size - THRESHOLD, excess * keep);
            if (excess < NEGLIGIBLE) {
                excess = 0f;
            } else {
                audio[i] *= gain();
            }
        }
    }

    /** Slope 1 at the threshold, full scale at infinity. */
    @RealTime
    private float gain() {
        return (THRESHOLD + RANGE * (excess / (excess + RANGE))) / (THRESHOLD + excess);
    }
}
