package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class LinearTest {
    @Test
    void float32WeightsAreMultipliedExactly() {
        for (int[] shape : new int[][] {{1, 1}, {7, 3}, {64, 64}, {166, 33}, {96, 200}}) {
            float[] weight = gaussian(shape[0] * shape[1], 1);
            Linear linear = Linear.pack(weight, gaussian(shape[0], 2), shape[1]);
            assertThat(linear).isInstanceOf(FloatLinear.class);
            assertProduct(linear, weight, gaussian(shape[0], 2), shape[1]);
        }
    }

    @Test
    void float16WeightsAreMultipliedExactly() {
        for (int[] shape : new int[][] {{7, 2}, {64, 64}, {166, 34}, {96, 200}}) {
            float[] weight = halves(gaussian(shape[0] * shape[1], 3));
            Linear linear = Linear.pack(weight, gaussian(shape[0], 2), shape[1]);
            assertThat(linear).isInstanceOf(HalfLinear.class);
            assertProduct(linear, weight, gaussian(shape[0], 2), shape[1]);
        }
    }

    @Test
    void everyFloat16BelowSixtyFourSurvivesTheHalfLayout() {
        float[] in = {1f, 0f};
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = Float.float16ToFloat((short) bits);
            if (Math.abs(value) <= 63f) {
                float[] weight = {value, 0f, 63f, 0f};
                float[] out = new float[Linear.padded(2)];
                HalfLinear.ofExact(weight, new float[2], 2).apply(in, out);
                assertThat(out[0]).isCloseTo(value, org.assertj.core.data.Offset.offset(Math.scalb(1f, -24)));
                assertThat(value != 0f && out[0] != value).as("%s", value).isFalse();
            }
        }
    }

    @Test
    void weightsThatNeedMoreThanSixteenBitsKeepThirtyTwo() {
        assertThat(HalfLinear.ofExact(new float[] {1f, 0.1f}, new float[1], 2)).isNull();
        assertThat(HalfLinear.ofExact(new float[] {1024f, Math.scalb(1f, -24)}, new float[1], 2)).isNull();
        assertThat(HalfLinear.ofExact(new float[] {1f, 0.5f, 2f}, new float[1], 3)).isNull();
    }

    private static void assertProduct(Linear linear, float[] weight, float[] bias, int columns) {
        float[] in = gaussian(columns, 4);
        float[] out = new float[Linear.padded(bias.length)];
        linear.apply(in, out);
        for (int row = 0; row < out.length; row++) {
            double expected = row < bias.length ? bias[row] : 0;
            for (int column = 0; row < bias.length && column < columns; column++) {
                expected += (double) weight[row * columns + column] * in[column];
            }
            assertThat((double) out[row]).isCloseTo(expected, org.assertj.core.data.Offset.offset(2e-5));
        }
    }

    private static float[] halves(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 11 == 0 ? 0f : Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        return values;
    }

    private static float[] gaussian(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
