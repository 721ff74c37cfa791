package org.chanterelle.rt.engine;

/** What an engine is built from; one record for each engine. */
public sealed interface EngineConfig permits HarmonicNoiseConfig, WaveConfig {
    /** Builds the engine of a configuration. Allocates; the pattern switch compiles to {@code invokedynamic}. */
    static Engine create(EngineConfig config) {
        return switch (config) {
            case HarmonicNoiseConfig harmonicNoise -> new HarmonicNoiseEngine(harmonicNoise);
            case WaveConfig wave -> new WaveEngine(wave);
        };
    }
}
