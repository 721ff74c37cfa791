package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/** Butterworth high-pass of second order, in place: takes away offset and rumble. */
public final class HighPass {
    /** Below this (-300 dB) the state is zero, so that it does not decay into denormal numbers. */
    private static final double SILENCE = 1e-15;

    private final double b0;
    private final double a1;
    private final double a2;
    private double state1;
    private double state2;

    /**
     * @param cutoffHz where it takes 3 dB, below half the sample rate
     * @param sampleRateHz rate of what it filters
     */
    public HighPass(double cutoffHz, double sampleRateHz) {
        double k = Math.tan(Math.PI * cutoffHz / sampleRateHz);
        double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
        b0 = norm;
        a1 = 2 * (k * k - 1) * norm;
        a2 = (1 - Math.sqrt(2) * k + k * k) * norm;
    }

    /** As after silence. */
    @RealTime
    public void reset() {
        state1 = 0;
        state2 = 0;
    }

    /** Filters in place. */
    @RealTime
    public void process(float[] audio, int offset, int frames) {
        for (int n = offset; n < offset + frames; n++) {
            double in = audio[n];
            double out = b0 * in + state1;
            state1 = -2 * b0 * in - a1 * out + state2;
            state2 = b0 * in - a2 * out;
            audio[n] = (float) out;
        }
        if (Math.abs(state1) + Math.abs(state2) < SILENCE) {
            reset();
        }
    }
}
