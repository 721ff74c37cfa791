package org.chanterelle.signal;

/**
 * Physical controls of the harmonic-plus-noise synthesiser for one control frame. A mutable, preallocated slot; the arrays keep
 * their length for life.
 */
public final class SynthControls {
    /** Fundamental frequency in Hz. */
    public float f0Hz = (float) Units.A4_HZ;

    /** Linear amplitude of the sum of all harmonics. */
    public float amplitude;

    /** Share of each harmonic, index 0 the fundamental; non-negative, sums to 1 (or to 0 when all lie above Nyquist). */
    public final float[] harmonicDistribution;

    /**
     * Linear magnitude of the noise filter at {@code bands} frequencies evenly spaced from 0 to the model's Nyquist frequency, both
     * included; multiplies white noise uniform in -1 to 1 at the model's rate.
     */
    public final float[] noiseMagnitudes;

    /** Makes a silent slot. */
    public SynthControls(int harmonics, int noiseBands) {
        harmonicDistribution = new float[harmonics];
        noiseMagnitudes = new float[noiseBands];
    }

    /** Copies all values from a slot of the same shape. */
    @RealTime
    public void set(SynthControls other) {
        f0Hz = other.f0Hz;
        amplitude = other.amplitude;
        System.arraycopy(other.harmonicDistribution, 0, harmonicDistribution, 0, harmonicDistribution.length);
        System.arraycopy(other.noiseMagnitudes, 0, noiseMagnitudes, 0, noiseMagnitudes.length);
    }

    /** Silence at the present pitch. */
    @RealTime
    public void mute() {
        amplitude = 0f;
        java.util.Arrays.fill(noiseMagnitudes, 0f);
    }
}
