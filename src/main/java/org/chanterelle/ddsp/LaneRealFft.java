package org.chanterelle.ddsp;

import jdk.incubator.vector.FloatVector;

/**
 * Fourier transforms of real sequences, {@link LaneFft#LANES} side by side, each through one complex transform of half the size: even
 * values as real, odd ones as imaginary parts.
 */
final class LaneRealFft {
    private final int half;
    private final LaneFft fft;
    private final float[] cos;
    private final float[] sin;

    /** @param size a power of two, at least 8 */
    LaneRealFft(int size) {
        half = size / 2;
        fft = new LaneFft(half);
        cos = new float[half / 2 + 1];
        sin = new float[half / 2 + 1];
        for (int k = 0; k <= half / 2; k++) {
            cos[k] = (float) Math.cos(2 * Math.PI * k / size);
            sin[k] = (float) -Math.sin(2 * Math.PI * k / size);
        }
    }

    /** For real or imaginary parts: size / 2 + 1 values of each lane. */
    float[] newArray() {
        return new float[(half + 1) * LaneFft.LANES];
    }

    /** Where values {@code 2 n} and {@code 2 n + 1} of the sequence belong before {@link #forward}, in {@code re} and {@code im}. */
    int place(int n) {
        return fft.place(n);
    }

    /** To the size / 2 + 1 values of the one-sided spectrum, in natural order, not normalised. */
    void forward(float[] re, float[] im) {
        fft.transform(re, im);
        for (int k = 0; k <= half / 2; k++) {
            split(re, im, k * LaneFft.LANES, (half - k) * LaneFft.LANES, (half - k) % half * LaneFft.LANES, cos[k], sin[k]);
        }
    }

    /** Values k and half - k of the spectrum from those of the half-size one. */
    private static void split(float[] re, float[] im, int up, int down, int mirror, float c, float s) {
        FloatVector zRe = FloatVector.fromArray(LaneFft.SPECIES, re, up);
        FloatVector zIm = FloatVector.fromArray(LaneFft.SPECIES, im, up);
        FloatVector mRe = FloatVector.fromArray(LaneFft.SPECIES, re, mirror);
        FloatVector mIm = FloatVector.fromArray(LaneFft.SPECIES, im, mirror);
        FloatVector evenRe = zRe.add(mRe).mul(0.5f);
        FloatVector evenIm = zIm.sub(mIm).mul(0.5f);
        FloatVector oddRe = zIm.add(mIm).mul(0.5f);
        FloatVector oddIm = mRe.sub(zRe).mul(0.5f);
        FloatVector turnedRe = oddRe.mul(c).sub(oddIm.mul(s));
        FloatVector turnedIm = oddRe.mul(s).add(oddIm.mul(c));
        evenRe.sub(turnedRe).intoArray(re, down);
        turnedIm.sub(evenIm).intoArray(im, down);
        evenRe.add(turnedRe).intoArray(re, up);
        evenIm.add(turnedIm).intoArray(im, up);
    }

    /**
     * The transpose of {@link #forward}: from the gradient by a one-sided spectrum to that by the sequence, whose values
     * {@code 2 n} and {@code 2 n + 1} are left at {@code n} of {@code re} and {@code im}, in natural order.
     */
    void backward(float[] re, float[] im) {
        join(re, im);
        fft.reorder(re);
        fft.reorder(im);
        fft.transform(im, re);
    }

    private void join(float[] re, float[] im) {
        int lanes = LaneFft.LANES;
        FloatVector zero = FloatVector.zero(LaneFft.SPECIES);
        for (int k = 0; k <= half / 2; k++) {
            // The edges of a real sequence's spectrum are real; all else counts half, as its mirror image has the other half.
            float weight = k == 0 ? 1f : 0.5f;
            FloatVector aRe = FloatVector.fromArray(LaneFft.SPECIES, re, k * lanes).mul(weight);
            FloatVector aIm = k == 0 ? zero : FloatVector.fromArray(LaneFft.SPECIES, im, k * lanes).mul(weight);
            FloatVector bRe = FloatVector.fromArray(LaneFft.SPECIES, re, (half - k) * lanes).mul(weight);
            FloatVector bIm = k == 0 ? zero : FloatVector.fromArray(LaneFft.SPECIES, im, (half - k) * lanes).mul(weight);
            FloatVector sumRe = aRe.add(bRe);
            FloatVector sumIm = aIm.sub(bIm);
            FloatVector differenceRe = aRe.sub(bRe);
            FloatVector differenceIm = aIm.add(bIm);
            FloatVector turnedRe = differenceRe.mul(cos[k]).add(differenceIm.mul(sin[k]));
            FloatVector turnedIm = differenceIm.mul(cos[k]).sub(differenceRe.mul(sin[k]));
            if (k > 0) {
                sumRe.add(turnedIm).intoArray(re, (half - k) * lanes);
                turnedRe.sub(sumIm).intoArray(im, (half - k) * lanes);
            }
            sumRe.sub(turnedIm).intoArray(re, k * lanes);
            sumIm.add(turnedRe).intoArray(im, k * lanes);
        }
    }
}
