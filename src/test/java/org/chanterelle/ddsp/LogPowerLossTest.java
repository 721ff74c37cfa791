package org.chanterelle.ddsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.chanterelle.ddsp.LogPowerLoss.Distance;
import org.junit.jupiter.api.Test;

class LogPowerLossTest {
    private static final int LENGTH = 3000;

    private static float[] noise(long seed, double level) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[2 * LENGTH];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (level * random.nextDouble(-1, 1));
        }
        return x;
    }

    /** The paper's definition, from its words, in double precision. */
    private static double reference(float[] a, float[] b, Distance distance) {
        double sum = 0;
        int count = 0;
        for (int clip = 0; clip < 2; clip++) {
            for (int from = clip * LENGTH; from + 1024 <= (clip + 1) * LENGTH; from += 256) {
                for (int k = 0; k <= 512; k++) {
                    double difference = logPower(a, from, k) - logPower(b, from, k);
                    sum += distance == Distance.L1 ? Math.abs(difference) : difference * difference;
                    count++;
                }
            }
        }
        return sum / count;
    }

    private static double logPower(float[] x, int from, int k) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < 1024; n++) {
            double v = x[from + n] * (0.5 - 0.5 * Math.cos(2 * Math.PI * n / 1024));
            re += v * Math.cos(2 * Math.PI * k * n / 1024);
            im += v * Math.sin(2 * Math.PI * k * n / 1024);
        }
        return Math.log(1 + re * re + im * im);
    }

    @Test
    void equalsTheDefinitionWrittenOut() {
        float[] a = noise(1, 0.3);
        float[] b = noise(2, 0.02);
        for (Distance distance : Distance.values()) {
            double expected = reference(a, b, distance);
            assertThat(new LogPowerLoss(1024, 256, distance).apply(a, b, 2, null)).isCloseTo(expected, within(1e-5 * expected));
        }
    }

    @Test
    void itsGradientIsThatOfFiniteDifferences() {
        float[] a = noise(1, 0.3);
        float[] b = noise(2, 0.1);
        for (Distance distance : Distance.values()) {
            LogPowerLoss loss = new LogPowerLoss(1024, 256, distance);
            float[] gradient = new float[a.length];
            loss.apply(a, b, 2, gradient);
            double expected = 0;
            float[] up = a.clone();
            float[] down = a.clone();
            float[] direction = noise(3, 1e-4);
            for (int i = 0; i < a.length; i++) {
                up[i] += direction[i];
                down[i] -= direction[i];
                expected += 2 * gradient[i] * direction[i];
            }
            double found = reference(up, b, distance) - reference(down, b, distance);
            assertThat(found).as("%s", distance).isCloseTo(expected, within(0.01 * Math.abs(expected)));
        }
    }

    @Test
    void betweenEqualSoundsItIsZeroAndSoIsItsGradient() {
        float[] a = noise(1, 0.3);
        float[] gradient = noise(2, 1);
        assertThat(new LogPowerLoss().apply(a, a.clone(), 2, gradient)).isZero();
        assertThat(gradient).containsOnly(0f);
    }

    @Test
    void ofSilenceTheGradientIsFinite() {
        float[] gradient = new float[2 * LENGTH];
        assertThat(new LogPowerLoss().apply(new float[2 * LENGTH], noise(1, 0.3), 2, gradient)).isPositive();
        assertThat(gradient).containsOnly(0f);
    }
}
