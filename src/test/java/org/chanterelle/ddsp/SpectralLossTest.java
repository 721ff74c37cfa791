package org.chanterelle.ddsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpectralLossTest {
    private static final int LENGTH = 6000;
    private static final double[] FULL_BAND = {1, 1};

    private static float[] noise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            x[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return x;
    }

    /** The course's definition, from its words, in double precision. */
    private static double reference(float[] a, float[] b) {
        double loss = 0;
        for (int window = 64; window <= 2048; window *= 2) {
            double[][] magnitudesA = magnitudes(a, window);
            double[][] magnitudesB = magnitudes(b, window);
            double sum = 0;
            for (int t = 0; t < magnitudesA.length; t++) {
                for (int k = 0; k <= window / 2; k++) {
                    double x = magnitudesA[t][k];
                    double y = magnitudesB[t][k];
                    sum += Math.abs(x - y) + Math.abs(Math.log(x + 1e-7) - Math.log(y + 1e-7));
                }
            }
            loss += sum / (magnitudesA.length * (window / 2 + 1));
        }
        return loss;
    }

    private static double[][] magnitudes(float[] x, int window) {
        int frames = 1 + x.length / (window / 4);
        double[][] out = new double[frames][window / 2 + 1];
        for (int t = 0; t < frames; t++) {
            for (int k = 0; k <= window / 2; k++) {
                double re = 0;
                double im = 0;
                for (int n = 0; n < window; n++) {
                    int at = Math.abs(t * window / 4 - window / 2 + n);
                    at = at >= x.length ? 2 * (x.length - 1) - at : at;
                    double v = x[at] * (0.5 - 0.5 * Math.cos(2 * Math.PI * n / window));
                    re += v * Math.cos(2 * Math.PI * k * n / window);
                    im += v * Math.sin(2 * Math.PI * k * n / window);
                }
                out[t][k] = Math.hypot(re, im);
            }
        }
        return out;
    }

    @Test
    void equalsTheDefinitionWrittenOut() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray a = manager.create(noise(1), new Shape(1, LENGTH));
            NDArray b = manager.create(noise(2), new Shape(1, LENGTH));
            double expected = reference(noise(1), noise(2));
            assertThat((double) SpectralLoss.course().apply(a, b).getFloat()).isCloseTo(expected, within(1e-3 * expected));
            assertThat(SpectralLoss.course().apply(a, a).getFloat()).isZero();
        }
    }

    @Test
    void onPlainArraysItHasTheSameValueAndGradient() {
        float[] sound = twoClips(1);
        float[] wanted = twoClips(3);
        float[] gradient = new float[sound.length];
        double loss = new SpectralGradient().apply(sound, wanted, FULL_BAND, gradient);
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray a = manager.create(sound, new Shape(2, LENGTH));
            a.setRequiresGradient(true);
            NDArray expected = SpectralLoss.course().apply(a, manager.create(wanted, new Shape(2, LENGTH)));
            collector.backward(expected);
            assertThat(loss).isCloseTo(expected.getFloat(), within(1e-5 * loss));
            float[] by = a.getGradient().toFloatArray();
            double error = 0;
            double size = 0;
            for (int i = 0; i < by.length; i++) {
                error += Math.pow(by[i] - gradient[i], 2);
                size += Math.pow(by[i], 2);
            }
            assertThat(Math.sqrt(error)).isLessThan(1e-3 * Math.sqrt(size));
        }
    }

    @Test
    void onPlainArraysSilenceHasNoGradient() {
        float[] gradient = new float[2 * LENGTH];
        double loss = new SpectralGradient().apply(new float[2 * LENGTH], twoClips(1), FULL_BAND, gradient);
        assertThat(loss).isPositive().isFinite();
        assertThat(gradient).containsOnly(0f);
        assertThat(new SpectralGradient().apply(twoClips(1), twoClips(1), FULL_BAND, gradient)).isZero();
    }

    @Test
    void beyondARecordingsBandNothingCounts() {
        float[] low = new float[LENGTH];
        float[] both = new float[LENGTH];
        for (int n = 0; n < LENGTH; n++) {
            low[n] = (float) Math.sin(0.3 * n);
            both[n] = low[n] + (float) Math.sin(2.5 * n);
        }
        float[] gradient = new float[LENGTH];
        SpectralGradient loss = new SpectralGradient();
        assertThat(loss.apply(both, low, new double[] {1}, gradient)).isGreaterThan(5);
        // What is left is the high tone's leakage through the windows.
        assertThat(loss.apply(both, low, new double[] {0.3}, gradient)).isLessThan(2);
    }

    private static float[] twoClips(long seed) {
        float[] clips = Arrays.copyOf(noise(seed), 2 * LENGTH);
        System.arraycopy(noise(seed + 1), 0, clips, LENGTH, LENGTH);
        return clips;
    }

    @Test
    void hasAFiniteGradientAtDigitalSilence() {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray a = manager.zeros(new Shape(1, LENGTH));
            a.setRequiresGradient(true);
            collector.backward(SpectralLoss.course().apply(a, manager.create(noise(2), new Shape(1, LENGTH))));
            for (float g : a.getGradient().toFloatArray()) {
                assertThat(g).isFinite();
            }
        }
    }
}
