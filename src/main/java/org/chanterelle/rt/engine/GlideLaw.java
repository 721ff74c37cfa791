package org.chanterelle.rt.engine;

/**
 * What becomes of harmonics where f0 moves fast or they meet a Nyquist frequency.
 *
 * @param fadeShare a harmonic fades within this share of the limit's frequency, above the model's Nyquist frequency where the device
 *     has room there, else below the device's
 * @param leapRatio f0 glides linearly within a control period unless it changes by more than this ratio: then the old pitch fades out
 *     while the new one fades in, both standing still. A glide that fast would sweep high harmonics past the limit within
 *     tenths of a millisecond, which clicks.
 */
public record GlideLaw(double fadeShare, double leapRatio) {
    /** For listening: leaps from 2 semitones in one control period on. */
    public static final GlideLaw CLEAN = new GlideLaw(1.0 / 32, Math.pow(2, 2.0 / 12));

    /** As the differentiable synthesiser has it: a hard limit, always a glide. */
    public static final GlideLaw AS_TRAINED = new GlideLaw(1e-9, Double.POSITIVE_INFINITY);

    /** Frequency from which harmonics are silent. */
    public double fadeEndHz(double modelRateHz, double sampleRateHz) {
        return Math.min(modelRateHz / 2 * (1 + fadeShare), sampleRateHz / 2);
    }

    /** Frequency from which harmonics fade. */
    public double fadeStartHz(double modelRateHz, double sampleRateHz) {
        return fadeEndHz(modelRateHz, sampleRateHz) / (1 + fadeShare);
    }
}
