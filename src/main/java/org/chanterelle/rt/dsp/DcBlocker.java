package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/**
 * Takes away what lies below hearing: a high-pass of first order at 10 Hz. Learned noise bands begin at 0 Hz, and a learned room may
 * raise what they hold there by 20 dB.
 */
public final class DcBlocker {
    private static final double CUTOFF_HZ = 10;

    /** Below this (-300 dB) the state is zero, so that no denormal number enters. */
    private static final double SILENCE = 1e-15;

    private final double keep;
    private double lastIn;
    private double lastOut;

    /** @param sampleRateHz device rate */
    public DcBlocker(double sampleRateHz) {
        keep = Math.exp(-2 * Math.PI * CUTOFF_HZ / sampleRateHz);
    }

    /** As after silence. */
    @RealTime
    public void reset() {
        lastIn = 0;
        lastOut = 0;
    }

    /** Filters in place. */
    @RealTime
    public void process(float[] audio, int offset, int frames) {
        for (int i = offset; i < offset + frames; i++) {
            double out = audio[i] - lastIn + keep * lastOut;
            lastIn = audio[i];
            lastOut = Math.abs(out) < SILENCE ? 0 : out;
            audio[i] = (float) lastOut;
        }
    }
}
