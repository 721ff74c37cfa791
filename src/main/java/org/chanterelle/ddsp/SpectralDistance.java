package org.chanterelle.ddsp;

import java.util.Arrays;
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

    private final int size;
    private final int half;
    private final int hop;
    private final LaneRealFft fft;
    private final float[] hann;
    private final float[] soundRe;
    private final float[] soundIm;
    private final float[] wantedRe;
    private final float[] wantedIm;
    private float[] padded = {};
    private float[] paddedWanted = {};
    private float[] paddedGradient = {};

    /**
     * @param size of the transform in audio frames, a power of two, at least 8
     * @param hop in audio frames
     * @param window length of the window in audio frames, at most {@code size}
     */
    public SpectralDistance(int size, int hop, int window) {
        this.size = size;
        this.hop = hop;
        half = size / 2;
        fft = new LaneRealFft(size);
        hann = new float[size];
        int lead = (size - window) / 2;
        for (int n = 0; n < window; n++) {
            hann[lead + n] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / window));
        }
        soundRe = fft.newArray();
        soundIm = fft.newArray();
        wantedRe = fft.newArray();
        wantedIm = fft.newArray();
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
        int frames = length / hop + 1;
        prepare(length + size);
        reflect(sound, offset, length, padded);
        reflect(wanted, offset, length, paddedWanted);
        double sum = 0;
        for (int frame = 0; frame < frames; frame += LANES) {
            int lanes = Math.min(LANES, frames - frame);
            load(padded, frame, lanes, soundRe, soundIm);
            load(paddedWanted, frame, lanes, wantedRe, wantedIm);
            fft.forward(soundRe, soundIm);
            fft.forward(wantedRe, wantedIm);
            sum += compare();
            if (gradient != null) {
                fft.backward(soundRe, soundIm);
                scatter(frame, lanes);
            }
        }
        double distance = Math.sqrt(sum);
        if (gradient != null && distance > 0) {
            fold(gradient, offset, length, (float) (weight / distance));
        }
        return distance;
    }

    private void prepare(int length) {
        if (padded.length != length) {
            padded = new float[length];
            paddedWanted = new float[length];
            paddedGradient = new float[length];
        }
        Arrays.fill(paddedGradient, 0f);
    }

    private void reflect(float[] from, int offset, int length, float[] to) {
        System.arraycopy(from, offset, to, half, length);
        for (int i = 1; i <= half; i++) {
            to[half - i] = from[offset + i];
            to[half + length - 1 + i] = from[offset + length - 1 - i];
        }
    }

    private void fold(float[] gradient, int offset, int length, float weight) {
        for (int i = 0; i < length; i++) {
            gradient[offset + i] += weight * paddedGradient[half + i];
        }
        for (int i = 1; i <= half; i++) {
            gradient[offset + i] += weight * paddedGradient[half - i];
            gradient[offset + length - 1 - i] += weight * paddedGradient[half + length - 1 + i];
        }
    }

    /** Lanes without a frame are silent in both sounds, and so without distance. */
    private void load(float[] from, int frame, int lanes, float[] re, float[] im) {
        if (lanes < LANES) {
            Arrays.fill(re, 0f);
            Arrays.fill(im, 0f);
        }
        for (int lane = 0; lane < lanes; lane++) {
            int start = (frame + lane) * hop;
            for (int n = 0; n < half; n++) {
                int to = fft.place(n) * LANES + lane;
                re[to] = from[start + 2 * n] * hann[2 * n];
                im[to] = from[start + 2 * n + 1] * hann[2 * n + 1];
            }
        }
    }

    private void scatter(int frame, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            int to = (frame + lane) * hop;
            for (int n = 0; n < half; n++) {
                paddedGradient[to + 2 * n] += soundRe[n * LANES + lane] * hann[2 * n];
                paddedGradient[to + 2 * n + 1] += soundIm[n * LANES + lane] * hann[2 * n + 1];
            }
        }
    }

    /** Squared distance over all lanes; leaves the gradient's spectrum, of half of it, in place of the sound's. */
    private double compare() {
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
