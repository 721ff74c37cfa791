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
    void bfloat16WeightsAreMultipliedExactly() {
        for (int[] shape : new int[][] {{7, 2}, {64, 64}, {166, 34}, {96, 400}}) {
            float[] weight = gaussian(shape[0] * shape[1], 3);
            for (int i = 0; i < weight.length; i++) {
                weight[i] = Float.intBitsToFloat(Float.floatToRawIntBits(weight[i]) & 0xffff0000);
            }
            Linear linear = Linear.pack(weight, gaussian(shape[0], 2), shape[1]);
            assertThat(linear).isInstanceOf(PairLinear.class);
            assertProduct(linear, weight, gaussian(shape[0], 2), shape[1]);
            assertRows(linear, shape[0], shape[1]);
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

    @Test
    void severalRowsAreMultipliedAsOneAfterTheOther() {
        for (int[] shape : new int[][] {{7, 2}, {64, 64}, {166, 34}, {96, 400}, {70, 257}}) {
            for (boolean half : new boolean[] {true, false}) {
                float[] weight = half ? halves(gaussian(shape[0] * shape[1], 3)) : gaussian(shape[0] * shape[1], 3);
                Linear linear = Linear.pack(weight, gaussian(shape[0], 2), shape[1]);
                assertRows(linear, shape[0], shape[1]);
            }
        }
    }

    private static void assertRows(Linear linear, int rows, int columns) {
        int stride = Linear.padded(rows) + 16;
        float[] in = gaussian(columns + 10, 5);
        int[] offsets = {3, 0, 10, 7, 7, 1, 9};
        float[] scratch = Linear.newScratch();
        float[] together = new float[offsets.length * stride];
        linear.applyRows(in, offsets, offsets.length, together, stride, scratch);
        float[] alone = new float[stride];
        float[] plain = new float[stride];
        for (int row = 0; row < offsets.length; row++) {
            linear.applyRows(in, new int[] {offsets[row]}, 1, alone, stride, scratch);
            linear.apply(java.util.Arrays.copyOfRange(in, offsets[row], offsets[row] + columns), plain);
            for (int i = 0; i < Linear.padded(rows); i++) {
                assertThat(together[row * stride + i]).isEqualTo(alone[i])
                        .isCloseTo(plain[i], org.assertj.core.data.Offset.offset(1e-4f));
            }
        }
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
