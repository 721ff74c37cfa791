package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FftTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 128, 1024})
    void agreesWithTheDefinitionInDoublePrecision(int size) {
        float[] time = noise(size);
        float[] re = new float[size / 2 + 1];
        float[] im = new float[size / 2 + 1];
        new Fft(size).forward(time, re, im);
        for (int k = 0; k <= size / 2; k++) {
            double expectedRe = 0;
            double expectedIm = 0;
            for (int n = 0; n < size; n++) {
                double angle = 2 * Math.PI * ((long) k * n % size) / size;
                expectedRe += time[n] * Math.cos(angle);
                expectedIm -= time[n] * Math.sin(angle);
            }
            assertThat((double) re[k]).isCloseTo(expectedRe, within(2e-6 * size));
            assertThat((double) im[k]).isCloseTo(expectedIm, within(2e-6 * size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 256, 4096, 65536})
    void inverseUndoesForwardAndLeavesItsInputs(int size) {
        float[] time = noise(size);
        float[] kept = time.clone();
        float[] re = new float[size / 2 + 1];
        float[] im = new float[size / 2 + 1];
        float[] back = new float[size];
        Fft fft = new Fft(size);
        fft.forward(time, re, im);
        float[] keptRe = re.clone();
        float[] keptIm = im.clone();
        fft.inverse(re, im, back);
        assertThat(back).containsExactly(time, within(3e-6f));
        assertThat(time).isEqualTo(kept);
        assertThat(re).isEqualTo(keptRe);
        assertThat(im).isEqualTo(keptIm);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 100, -8})
    void rejectsOtherSizes(int size) {
        assertThatThrownBy(() -> new Fft(size)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("power of two");
    }

    private static float[] noise(int size) {
        Random random = new Random(size);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }
}
