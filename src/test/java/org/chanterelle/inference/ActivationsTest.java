package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ObjIntConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ActivationsTest {
    @Test
    void sigmoidIsWithinAMillionth() {
        assertThat(worstError(Activations::sigmoid, x -> 1 / (1 + Math.exp(-x)))).isLessThan(1e-6);
    }

    @Test
    void tanhIsWithinAMillionth() {
        assertThat(worstError(Activations::tanh, Math::tanh)).isLessThan(1e-6);
    }

    @Test
    void controlIsWithinAMillionth() {
        DoubleUnaryOperator exact = x -> 2 * Math.pow(1 / (1 + Math.exp(-x)), Math.log(10)) + 1e-7;
        assertThat(worstError(Activations::control, exact)).isLessThan(1e-6);
    }

    @Test
    void farArgumentsStayFinite() {
        float[] far = new float[Linear.padded(4)];
        System.arraycopy(new float[] {-1e30f, -200f, 200f, 1e30f}, 0, far, 0, 4);
        float[] sigmoid = far.clone();
        Activations.sigmoid(sigmoid, 4);
        float[] tanh = far.clone();
        Activations.tanh(tanh, 4);
        float[] control = far.clone();
        Activations.control(control, 4);
        for (int i = 0; i < 4; i++) {
            float step = i < 2 ? 0f : 1f;
            assertThat(sigmoid[i]).isCloseTo(step, Offset.offset(1e-6f));
            assertThat(tanh[i]).isCloseTo(2 * step - 1, Offset.offset(1e-6f));
            assertThat(control[i]).isCloseTo(2 * step, Offset.offset(1e-6f));
        }
    }

    private static double worstError(ObjIntConsumer<float[]> fast, DoubleUnaryOperator exact) {
        float[] x = new float[Linear.padded(80_001)];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 40_000) * 1e-3f;
        }
        float[] y = x.clone();
        fast.accept(y, y.length);
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            worst = Math.max(worst, Math.abs(y[i] - exact.applyAsDouble(x[i])));
        }
        return worst;
    }
}
