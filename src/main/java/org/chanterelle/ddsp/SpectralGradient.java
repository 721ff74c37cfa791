package org.chanterelle.ddsp;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The course's multi-scale spectral loss and its gradient on plain arrays: the same values as {@link SpectralLoss#course}, several
 * times faster than automatic differentiation, which passes over every spectrogram in memory a dozen times. Not for several threads.
 */
public final class SpectralGradient {
    private static final VectorSpecies<Float> SPECIES = LaneFft.SPECIES;
    private static final int LANES = LaneFft.LANES;
    private static final float EPSILON = 1e-7f;
    private static final float PHASELESS = 1e-20f;

    private final Scale[] scales;

    /** The course's windows, 64 to 2,048 audio frames. */
    public SpectralGradient() {
        this(SpectralLoss.course().windows());
    }

    /** @param windows sizes in audio frames, powers of two, at least 8 */
    public SpectralGradient(int[] windows) {
        scales = new Scale[windows.length];
        for (int i = 0; i < windows.length; i++) {
            scales[i] = new Scale(windows[i]);
        }
    }

    /**
     * Loss of a batch.
     *
     * @param sound clip after clip
     * @param wanted the same shape
     * @param bandwidth for each clip the share of the band, 0 to Nyquist, that is compared; each is longer than half a window
     * @param gradient receives that of the loss by {@code sound}, the same shape
     * @return the loss, mean over the batch
     */
    public double apply(float[] sound, float[] wanted, double[] bandwidth, float[] gradient) {
        Arrays.fill(gradient, 0f);
        int length = sound.length / bandwidth.length;
        double loss = 0;
        for (Scale scale : scales) {
            for (int clip = 0; clip < bandwidth.length; clip++) {
                loss += scale.add(sound, wanted, clip * length, length, bandwidth[clip], 1f / bandwidth.length, gradient);
            }
        }
        return loss;
    }

    /** One window size. A vector's lanes are successive frames. */
    private static final class Scale {
        private final int half;
        private final SpectrumPair pair;

        Scale(int window) {
            half = window / 2;
            pair = new SpectrumPair(window, window / 4, window);
        }

        double add(float[] sound, float[] wanted, int offset, int length, double bandwidth, float weight, float[] gradient) {
            int top = (int) Math.round(bandwidth * half);
            float share = weight / (pair.frames(length) * (top + 1));
            double sum = pair.compare(sound, wanted, offset, length, true,
                    (re, im, wantedRe, wantedIm) -> compare(re, im, wantedRe, wantedIm, top, share));
            pair.addGradient(gradient, offset, length, 1f);
            return sum * share;
        }

        /** Loss over all lanes; leaves the gradient's spectrum in place of the sound's. */
        private static double compare(float[] soundRe, float[] soundIm, float[] wantedRe, float[] wantedIm, int top,
                float share) {
            FloatVector total = FloatVector.zero(SPECIES);
            for (int k = 0; k <= top; k++) {
                int at = k * LANES;
                FloatVector re = FloatVector.fromArray(SPECIES, soundRe, at);
                FloatVector im = FloatVector.fromArray(SPECIES, soundIm, at);
                FloatVector a = magnitude(re, im);
                FloatVector b = magnitude(FloatVector.fromArray(SPECIES, wantedRe, at),
                        FloatVector.fromArray(SPECIES, wantedIm, at));
                total = total.add(a.sub(b).abs()).add(LaneLog.of(a.add(EPSILON)).sub(LaneLog.of(b.add(EPSILON))).abs());
                // By a magnitude the gradient has one sign for magnitudes and logarithms; none where there is no phase.
                FloatVector sign = FloatVector.zero(SPECIES)
                        .blend(share, a.compare(VectorOperators.GT, b))
                        .blend(-share, a.compare(VectorOperators.LT, b))
                        .blend(0f, a.compare(VectorOperators.EQ, 0f));
                FloatVector scale = sign.div(a.add(EPSILON)).add(sign).div(a.max(PHASELESS));
                re.mul(scale).intoArray(soundRe, at);
                im.mul(scale).intoArray(soundIm, at);
            }
            Arrays.fill(soundRe, (top + 1) * LANES, soundRe.length, 0f);
            Arrays.fill(soundIm, (top + 1) * LANES, soundIm.length, 0f);
            // In a fixed order, unlike a vector's own reduction.
            double sum = 0;
            for (float lane : total.toArray()) {
                sum += lane;
            }
            return sum;
        }

        private static FloatVector magnitude(FloatVector re, FloatVector im) {
            return re.fma(re, im.mul(im)).sqrt();
        }
    }
}
