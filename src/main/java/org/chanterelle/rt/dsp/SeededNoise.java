package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/** White noise by Steele and Vigna's SplitMix64, two values of each number: the same sequence for the same seed, everywhere. */
public final class SeededNoise implements NoiseSource {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final float UNIT = 0x1p-31f;

    private long seed;
    private long counter;
    private int spare;
    private boolean hasSpare;

    public SeededNoise(long seed) {
        this.seed = seed;
        counter = seed;
    }

    @Override
    @RealTime
    public void fill(float[] out, int offset, int frames) {
        for (int i = 0; i < frames; i++) {
            out[offset + i] = next() * UNIT;
        }
    }

    @Override
    @RealTime
    public void reset() {
        counter = seed;
        hasSpare = false;
    }

    @Override
    @RealTime
    public void reset(long newSeed) {
        seed = newSeed;
        reset();
    }

    @RealTime
    private int next() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        counter += GOLDEN_GAMMA;
        long z = counter;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        spare = (int) z;
        hasSpare = true;
        return (int) (z >>> 32);
    }
}
