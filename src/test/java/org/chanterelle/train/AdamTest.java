package org.chanterelle.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.chanterelle.model.Tensor;
import org.junit.jupiter.api.Test;

class AdamTest {
    private static final double RATE = 0.1;

    private final Tensor tensor = new Tensor(new int[] {1}, new float[] {1f});
    private final Parameters parameters = Parameters.of(Map.of("x", tensor));
    private final Adam adam = Adam.start(parameters);

    @Test
    void movesByTheRateAtFirstWhateverTheGradientsSize() {
        adam.update(parameters, Map.of("x", new float[] {0.003f}), RATE, 1);
        assertThat(tensor.values()[0]).isCloseTo(0.9f, within(1e-5f));
    }

    @Test
    void aFasterSecondMomentForgetsGreatGradientsSooner() {
        adam.update(parameters, Map.of("x", new float[] {1f}), RATE, 100, 0.5);
        adam.update(parameters, Map.of("x", new float[] {3f}), RATE, 100, 0.5);
        // m = 0.1 * (0.9 * 1 + 3), v = 0.5 * (0.5 * 1 + 9), corrected by 1 - 0.9^2 and 1 - 0.5^2
        double second = 0.39 / 0.19 / Math.sqrt(4.75 / 0.75);
        assertThat(tensor.values()[0]).isCloseTo((float) (0.9 - RATE * second), within(1e-5f));
    }

    @Test
    void leavesAllAsItWasWhereAGradientIsNotFinite() {
        assertThat(adam.update(parameters, Map.of("x", new float[] {Float.NaN}), RATE, 1)).isNaN();
        assertThat(tensor.values()[0]).isEqualTo(1f);
        assertThat(adam.steps()).isZero();
    }
}
