package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {
    @Test
    void isZeroForTheSameVectors() {
        List<double[]> set = gaussian(50, 1, new double[] {0, 0, 0}, new double[] {1, 2, 3});
        assertThat(FrechetDistance.between(set, set)).isCloseTo(0, within(1e-9));
    }

    @Test
    void isTheSquaredShiftOfEqualClouds() {
        List<double[]> set = gaussian(50, 2, new double[] {0, 0}, new double[] {1, 0.5});
        List<double[]> shifted = new ArrayList<>();
        for (double[] v : set) {
            shifted.add(new double[] {v[0] + 3, v[1] - 4});
        }
        assertThat(FrechetDistance.between(set, shifted)).isCloseTo(25, within(1e-9));
    }

    /** For diagonal covariances the distance is the sum over axes of the squared differences of mean and deviation. */
    @Test
    void comparesDeviationsOfIndependentAxes() {
        List<double[]> narrow = square(1, 2);
        List<double[]> wide = square(3, 5);
        double expected = sq(deviation(3) - deviation(1)) + sq(deviation(5) - deviation(2));
        assertThat(FrechetDistance.between(narrow, wide)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void isSymmetricAndDoesNotDependOnTheAxes() {
        List<double[]> a = gaussian(80, 3, new double[] {1, 2}, new double[] {1, 3});
        List<double[]> b = gaussian(60, 4, new double[] {0, 1}, new double[] {2, 1});
        double distance = FrechetDistance.between(a, b);
        assertThat(FrechetDistance.between(b, a)).isCloseTo(distance, within(1e-9));
        assertThat(FrechetDistance.between(turned(a), turned(b))).isCloseTo(distance, within(1e-9));
    }

    @Test
    void refusesASingleVector() {
        List<double[]> one = List.of(new double[] {1});
        assertThatThrownBy(() -> FrechetDistance.between(one, one)).hasMessageContaining("at least 2");
    }

    private static List<double[]> square(double x, double y) {
        return List.of(new double[] {x, y}, new double[] {-x, y}, new double[] {x, -y}, new double[] {-x, -y});
    }

    private static double deviation(double halfWidth) {
        return Math.sqrt(4 * halfWidth * halfWidth / 3 + 1e-3);
    }

    private static double sq(double x) {
        return x * x;
    }

    private static List<double[]> turned(List<double[]> set) {
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        return set.stream().map(v -> new double[] {c * v[0] - s * v[1], s * v[0] + c * v[1]}).toList();
    }

    private static List<double[]> gaussian(int count, long seed, double[] mean, double[] deviation) {
        Random random = new Random(seed);
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] v = new double[mean.length];
            for (int k = 0; k < v.length; k++) {
                v[k] = mean[k] + deviation[k] * random.nextGaussian();
            }
            out.add(v);
        }
        return out;
    }
}
