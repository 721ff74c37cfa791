package org.chanterelle.ddsp;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Distance of two sounds' magnitude spectrograms by the Frobenius norm, and its gradient, on plain arrays. Centred frames, reflected
 * ends, Hann window that may be shorter than the transform. Not for several threads.
 */
public final class SpectralDistance {
    private static final VectorSpecies<Float> SPECIES = LaneFft.SPECIES;
    private static final int LANES = LaneFft.LANES;
    private static final float PHASELESS = 1e-20f;

    private final int half;
    private final SpectrumPair pair;

    /**
     * @param size of the transform in audio frames, a power of two, at least 8
     * @param hop in audio frames
     * @param window length of the window in audio frames, at most {@code size}
     */
    public SpectralDistance(int size, int hop, int window) {
        half = size / 2;
        pair = new SpectrumPair(size, hop, window);
    }

    /** Jukebox's measure of quality is taken at this resolution: transforms of 2,048, hop 256, windows of 1,536. */
    public static SpectralDistance jukebox() {
        return new SpectralDistance(2048, 256, 1536);
    }

    /** Shortest sound that can be compared, in audio frames. */
    public int minFrames() {
        return half + 1;
    }

    /** Norm of a sound's magnitudes: {@code length} audio frames from {@code offset} on. */
    public double norm(float[] sound, int offset, int length) {
        return apply(sound, new float[offset + length], offset, length, 0, null);
    }

    /**
     * Distance of two sounds, both {@code length} audio frames from {@code offset} on.
     *
     * @param weight of the gradient
     * @param gradient to which {@code weight} times that by {@code sound} is added, at the same place; null where it is not wanted
     */
    public double apply(float[] sound, float[] wanted, int offset, int length, double weight, float[] gradient) {
        double distance = Math.sqrt(pair.compare(sound, wanted, offset, length, gradient != null, this::compare));
        if (gradient != null && distance > 0) {
            pair.addGradient(gradient, offset, length, (float) (weight / distance));
        }
        return distance;
    }

    /** Squared distance over all lanes; leaves the gradient's spectrum, of half of it, in place of the sound's. */
    private double compare(float[] soundRe, float[] soundIm, float[] wantedRe, float[] wantedIm) {
        double sum = 0;
        FloatVector total = FloatVector.zero(SPECIES);
        for (int k = 0; k <= half; k++) {
            int at = k * LANES;
            FloatVector re = FloatVector.fromArray(SPECIES, soundRe, at);
            FloatVector im = FloatVector.fromArray(SPECIES, soundIm, at);
            FloatVector a = magnitude(re, im);
            FloatVector b = magnitude(FloatVector.fromArray(SPECIES, wantedRe, at),
                    FloatVector.fromArray(SPECIES, wantedIm, at));
            FloatVector difference = a.sub(b);
            total = difference.fma(difference, total);
            FloatVector scale = difference.div(a.max(PHASELESS));
            re.mul(scale).intoArray(soundRe, at);
            im.mul(scale).intoArray(soundIm, at);
        }
        // In a fixed order, unlike a vector's own reduction.
        for (float lane : total.toArray()) {
            sum += lane;
        }
        return sum;
    }

    private static FloatVector magnitude(FloatVector re, FloatVector im) {
        return re.fma(re, im.mul(im)).sqrt();
    }
}
