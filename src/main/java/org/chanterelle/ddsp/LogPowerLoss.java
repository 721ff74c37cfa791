package org.chanterelle.ddsp;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Distance of log power spectra, {@code ln(1 + |S|^2)}, and its gradient, on plain arrays (Défossez et al. 2018). Hann window, frames
 * from 0, none beyond the end. Not for several threads.
 */
public final class LogPowerLoss {
    private static final VectorSpecies<Float> SPECIES = LaneFft.SPECIES;
    private static final int LANES = LaneFft.LANES;

    private final int window;
    private final int half;
    private final int hop;
    private final Distance distance;
    private final LaneRealFft fft;
    private final float[] hann;
    private final float[] soundRe;
    private final float[] soundIm;
    private final float[] wantedRe;
    private final float[] wantedIm;

    /** How two logarithms are compared. */
    public enum Distance {
        /** Absolute difference: the paper. */
        L1,
        /** Squared difference: the default of the released code. */
        MSE
    }

    /** The paper's: windows of 1,024 audio frames, hop 256, absolute differences. */
    public LogPowerLoss() {
        this(1024, 256, Distance.L1);
    }

    /**
     * @param window in audio frames, a power of two, at least 8
     * @param hop in audio frames
     */
    public LogPowerLoss(int window, int hop, Distance distance) {
        this.window = window;
        this.half = window / 2;
        this.hop = hop;
        this.distance = distance;
        fft = new LaneRealFft(window);
        hann = new float[window];
        for (int n = 0; n < window; n++) {
            hann[n] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / window));
        }
        soundRe = fft.newArray();
        soundIm = fft.newArray();
        wantedRe = fft.newArray();
        wantedIm = fft.newArray();
    }

    /**
     * Loss of a batch.
     *
     * @param sound clip after clip, each at least a window long
     * @param wanted the same shape
     * @param clips how many there are
     * @param gradient receives that of the loss by {@code sound}, the same shape; null where it is not wanted
     * @return mean over clips, frames and bins
     */
    public double apply(float[] sound, float[] wanted, int clips, float[] gradient) {
        int length = sound.length / clips;
        int frames = (length - window) / hop + 1;
        float share = 1f / ((float) clips * frames * (half + 1));
        if (gradient != null) {
            Arrays.fill(gradient, 0f);
        }
        double sum = 0;
        for (int clip = 0; clip < clips; clip++) {
            for (int frame = 0; frame < frames; frame += LANES) {
                int lanes = Math.min(LANES, frames - frame);
                int offset = clip * length + frame * hop;
                load(sound, offset, lanes, soundRe, soundIm);
                load(wanted, offset, lanes, wantedRe, wantedIm);
                fft.forward(soundRe, soundIm);
                fft.forward(wantedRe, wantedIm);
                sum += compare(share);
                if (gradient != null) {
                    fft.backward(soundRe, soundIm);
                    scatter(gradient, offset, lanes);
                }
            }
        }
        return sum * share;
    }

    /** Lanes without a frame are silent in both sounds, and so without loss. */
    private void load(float[] from, int offset, int lanes, float[] re, float[] im) {
        if (lanes < LANES) {
            Arrays.fill(re, 0f);
            Arrays.fill(im, 0f);
        }
        for (int lane = 0; lane < lanes; lane++) {
            int start = offset + lane * hop;
            for (int n = 0; n < half; n++) {
                int to = fft.place(n) * LANES + lane;
                re[to] = from[start + 2 * n] * hann[2 * n];
                im[to] = from[start + 2 * n + 1] * hann[2 * n + 1];
            }
        }
    }

    private void scatter(float[] gradient, int offset, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            int to = offset + lane * hop;
            for (int n = 0; n < half; n++) {
                gradient[to + 2 * n] += soundRe[n * LANES + lane] * hann[2 * n];
                gradient[to + 2 * n + 1] += soundIm[n * LANES + lane] * hann[2 * n + 1];
            }
        }
    }

    /** Loss over all lanes; leaves the gradient's spectrum in place of the sound's. */
    private double compare(float share) {
        FloatVector total = FloatVector.zero(SPECIES);
        for (int k = 0; k <= half; k++) {
            int at = k * LANES;
            FloatVector re = FloatVector.fromArray(SPECIES, soundRe, at);
            FloatVector im = FloatVector.fromArray(SPECIES, soundIm, at);
            FloatVector a = onePlusPower(re, im);
            FloatVector b = onePlusPower(FloatVector.fromArray(SPECIES, wantedRe, at),
                    FloatVector.fromArray(SPECIES, wantedIm, at));
            FloatVector difference = LaneLog.of(a).sub(LaneLog.of(b));
            FloatVector slope;
            if (distance == Distance.MSE) {
                total = difference.fma(difference, total);
                slope = difference.mul(4f * share);
            } else {
                total = total.add(difference.abs());
                slope = FloatVector.zero(SPECIES)
                        .blend(2f * share, a.compare(VectorOperators.GT, b))
                        .blend(-2f * share, a.compare(VectorOperators.LT, b));
            }
            FloatVector scale = slope.div(a);
            re.mul(scale).intoArray(soundRe, at);
            im.mul(scale).intoArray(soundIm, at);
        }
        // In a fixed order, unlike a vector's own reduction.
        double sum = 0;
        for (float lane : total.toArray()) {
            sum += lane;
        }
        return sum;
    }

    private static FloatVector onePlusPower(FloatVector re, FloatVector im) {
        return re.fma(re, im.mul(im)).add(1f);
    }
}
