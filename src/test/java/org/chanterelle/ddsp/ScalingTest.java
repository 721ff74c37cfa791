package org.chanterelle.ddsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class ScalingTest {
    private static final float[] INPUT = {-8f, -1f, 0f, 0.5f, 3f};

    @Test
    void theGradientOutlivesAGarbageCollection() throws InterruptedException {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray x = manager.create(INPUT, new Shape(INPUT.length));
            x.setRequiresGradient(true);
            NDArray y = Scaling.modifiedSigmoid(x).sum();
            collectGarbage();
            collector.backward(y);
            float[] gradient = x.getGradient().toFloatArray();
            for (int i = 0; i < INPUT.length; i++) {
                double step = 1e-4;
                double expected = (scaled(INPUT[i] + step) - scaled(INPUT[i] - step)) / (2 * step);
                assertThat((double) gradient[i]).isCloseTo(expected, within(1e-4 * expected + 1e-9));
            }
        }
    }

    private static double scaled(double x) {
        return 2 * Math.pow(1 / (1 + Math.exp(-x)), Math.log(10)) + 1e-7;
    }

    /** And writes over what it freed. */
    private static void collectGarbage() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            System.gc();
            Thread.sleep(50);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(ByteBuffer.allocateDirect(64).get(0)).isZero();
        }
    }
}
