package org.chanterelle.rt.engine;

/**
 * Sound that the worker renders, block by block.
 *
 * @param modelRateHz its sample rate
 * @param blockFrames frames in a block
 */
public record WaveConfig(double modelRateHz, int blockFrames) implements EngineConfig {
    /** Rejects what is no sound. */
    public WaveConfig {
        if (!(modelRateHz > 0) || blockFrames < 1) {
            throw new IllegalArgumentException(
                    "modelRateHz " + modelRateHz + ", blockFrames " + blockFrames
                            + ": expected a positive rate and at least 1 frame");
        }
    }
}
