package org.chanterelle.ddsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpectralDistanceTest {
    private static final int SIZE = 32;
    private static final int HOP = 7;
    private static final int WINDOW = 20;

    @Test
    void isTheNormOfTheDifferenceOfMagnitudes() {
        float[] a = noise(100, 1);
        float[] b = noise(100, 2);
        double sum = 0;
        double[][] magnitudesA = reference(a);
        double[][] magnitudesB = reference(b);
        for (int t = 0; t < magnitudesA.length; t++) {
            for (int k = 0; k <= SIZE / 2; k++) {
                sum += Math.pow(magnitudesA[t][k] - magnitudesB[t][k], 2);
            }
        }
        SpectralDistance distance = new SpectralDistance(SIZE, HOP, WINDOW);
        assertThat(distance.apply(a, b, 0, 100, 0, null)).isCloseTo(Math.sqrt(sum), within(1e-4));
    }

    @Test
    void itsGradientIsThatOfFiniteDifferences() {
        float[] a = noise(60, 3);
        float[] b = noise(60, 4);
        SpectralDistance distance = new SpectralDistance(SIZE, HOP, WINDOW);
        float[] gradient = new float[60];
        distance.apply(a, b, 0, 60, 2, gradient);
        for (int i = 0; i < 60; i += 7) {
            float kept = a[i];
            a[i] = kept + 1e-2f;
            double up = distance.apply(a, b, 0, 60, 0, null);
            a[i] = kept - 1e-2f;
            double down = distance.apply(a, b, 0, 60, 0, null);
            a[i] = kept;
            assertThat((double) gradient[i]).isCloseTo(2 * (up - down) / 2e-2, within(0.02));
        }
    }

    @Test
    void equalSoundsHaveNeitherDistanceNorGradient() {
        float[] a = noise(64, 5);
        float[] gradient = new float[64];
        assertThat(new SpectralDistance(SIZE, HOP, WINDOW).apply(a, a.clone(), 0, 64, 1, gradient)).isZero();
        assertThat(gradient).containsOnly(0f);
    }

    private static double[][] reference(float[] x) {
        double[][] magnitudes = new double[x.length / HOP + 1][SIZE / 2 + 1];
        for (int t = 0; t < magnitudes.length; t++) {
            for (int k = 0; k <= SIZE / 2; k++) {
                double re = 0;
                double im = 0;
                for (int n = 0; n < WINDOW; n++) {
                    int place = Math.abs(t * HOP + (SIZE - WINDOW) / 2 + n - SIZE / 2);
                    double value = x[place < x.length ? place : 2 * (x.length - 1) - place]
                            * (0.5 - 0.5 * Math.cos(2 * Math.PI * n / WINDOW));
                    re += value * Math.cos(2 * Math.PI * k * n / SIZE);
                    im -= value * Math.sin(2 * Math.PI * k * n / SIZE);
                }
                magnitudes[t][k] = Math.hypot(re, im);
            }
        }
        return magnitudes;
    }

    private static float[] noise(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) (2 * random.nextDouble() - 1);
        }
        return noise;
    }
}
