package org.chanterelle.rt.engine;

/**
 * A harmonic-plus-noise synthesiser.
 *
 * @param harmonics number of harmonics, the fundamental included
 * @param noiseBands magnitudes in a noise filter, at least 2
 * @param modelRateHz rate at which the controls were learned: nothing sounds above its half
 * @param controlRateHz control frames a second
 * @param seed of the noise
 */
public record HarmonicNoiseConfig(int harmonics, int noiseBands, double modelRateHz, double controlRateHz, long seed)
        implements EngineConfig {
    /** Rejects what cannot be synthesised. */
    public HarmonicNoiseConfig {
        if (harmonics < 1 || noiseBands < 2 || !(modelRateHz > 0) || !(controlRateHz > 0)) {
            throw new IllegalArgumentException(
                    "harmonics " + harmonics + ", noiseBands " + noiseBands + ", modelRateHz " + modelRateHz
                            + ", controlRateHz " + controlRateHz + ": expected at least 1, at least 2, and positive rates");
        }
    }
}
