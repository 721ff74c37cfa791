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
        private final int window;
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

        Scale(int window) {
            this.window = window;
            half = window / 2;
            hop = window / 4;
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

        double add(float[] sound, float[] wanted, int offset, int length, double bandwidth, float weight, float[] gradient) {
            int frames = length / hop + 1;
            int size = length + window;
            if (padded.length != size) {
                padded = new float[size];
                paddedWanted = new float[size];
                paddedGradient = new float[size];
            }
            reflect(sound, offset, length, padded);
            reflect(wanted, offset, length, paddedWanted);
            Arrays.fill(paddedGradient, 0f);
            int top = (int) Math.round(bandwidth * half);
            float share = weight / (frames * (top + 1));
            double sum = 0;
            for (int frame = 0; frame < frames; frame += LANES) {
                int lanes = Math.min(LANES, frames - frame);
                load(padded, frame, lanes, soundRe, soundIm);
                load(paddedWanted, frame, lanes, wantedRe, wantedIm);
                fft.forward(soundRe, soundIm);
                fft.forward(wantedRe, wantedIm);
                sum += compare(top, share);
                fft.backward(soundRe, soundIm);
                scatter(frame, lanes);
            }
            fold(gradient, offset, length);
            return sum * share;
        }

        private void reflect(float[] from, int offset, int length, float[] to) {
            System.arraycopy(from, offset, to, half, length);
            for (int i = 1; i <= half; i++) {
                to[half - i] = from[offset + i];
                to[half + length - 1 + i] = from[offset + length - 1 - i];
            }
        }

        private void fold(float[] gradient, int offset, int length) {
            for (int i = 0; i < length; i++) {
                gradient[offset + i] += paddedGradient[half + i];
            }
            for (int i = 1; i <= half; i++) {
                gradient[offset + i] += paddedGradient[half - i];
                gradient[offset + length - 1 - i] += paddedGradient[half + length - 1 + i];
            }
        }

        /** Lanes without a frame are silent in both sounds, and so without loss. */
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

        /** Loss over all lanes; leaves the gradient's spectrum in place of the sound's. */
        private double compare(int top, float share) {
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
