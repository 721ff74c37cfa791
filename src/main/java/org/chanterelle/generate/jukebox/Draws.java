package org.chanterelle.generate.jukebox;

/**
 * Uniform draws, each a function of the seed and of its place alone: nothing has to be stored to go on after a stop, and a sample is the
 * same whatever is sampled beside it. The mixing is SplitMix64's (Steele et al. 2014).
 *
 * @param seed any number
 */
public record Draws(long seed) {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** The draw for one code, 0 to below 1, of 53 bits. */
    public double uniform(int level, int sample, long position) {
        long mixed = mix(seed + GOLDEN);
        mixed = mix((mixed ^ level) + GOLDEN);
        mixed = mix((mixed ^ sample) + GOLDEN);
        mixed = mix((mixed ^ position) + GOLDEN);
        return (mixed >>> 11) * 0x1.0p-53;
    }

    private static long mix(long z) {
        long once = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ once >>> 27) * 0x94d049bb133111ebL;
        return twice ^ twice >>> 31;
    }
}
