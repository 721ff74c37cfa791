package org.chanterelle.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TileProductsTest {
    private static final int SIZE = 512;

    @Test
    void productsAreRoundedOnlyWhileOpenAndOnlyWhereTilesAre() {
        float[] a = random(1);
        float[] b = random(2);
        float[] exact = product(a, b);
        float[] rounded;
        try (TileProducts _ = TileProducts.open()) {
            rounded = product(a, b);
        }
        double difference = 0;
        double power = 0;
        for (int i = 0; i < exact.length; i++) {
            difference += Math.pow(rounded[i] - exact[i], 2);
            power += Math.pow(exact[i], 2);
        }
        double relative = Math.sqrt(difference / power);
        if (TileProducts.available()) {
            assertThat(relative).isBetween(1e-4, 5e-3);
        } else {
            assertThat(relative).isZero();
        }
        assertThat(product(a, b)).containsExactly(exact);
    }

    private static float[] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] product(float[] a, float[] b) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                NDArray left = manager.create(a, new Shape(SIZE, SIZE));
                NDArray right = manager.create(b, new Shape(SIZE, SIZE))) {
            return left.matMul(right).toFloatArray();
        }
    }
}
