package org.chanterelle.analysis.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.chanterelle.analysis.spectrum.StftConfig.Padding;
import org.chanterelle.analysis.spectrum.StftConfig.Window;
import org.junit.jupiter.api.Test;

class StftTest {
    @Test
    void magnitudesAreThoseOfTheDefinition() {
        float[] audio = noise(100);
        StftConfig config = StftConfig.centred(32, 8);
        float[][] magnitudes = new Stft(config).magnitudes(audio);
        assertThat(magnitudes.length).isEqualTo(1 + 100 / 8);
        for (int i : new int[] {0, 1, 5, 12}) {
            for (int k = 0; k < 17; k++) {
                assertThat(magnitudes[i][k]).isCloseTo((float) reference(audio, i * 8 - 16, 32, k), within(1e-5f));
            }
        }
    }

    @Test
    void mirrorsTheEndsWithoutRepeatingThem() {
        float[] audio = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] mirrored = {5, 4, 3, 2, 1, 2, 3, 4};
        StftConfig inside = new StftConfig(8, 8, 8, Window.HANN_PERIODIC, Padding.NONE);
        assertThat(new Stft(StftConfig.centred(8, 8)).magnitudes(audio)[0])
                .containsExactly(new Stft(inside).magnitudes(mirrored)[0]);
    }

    @Test
    void endPaddingCoversTheWholeSound() {
        StftConfig config = new StftConfig(16, 16, 4, Window.HANN_PERIODIC, Padding.END_ZERO);
        assertThat(config.windows(17)).isEqualTo(5);
        float[] click = new float[17];
        click[16] = 1f;
        assertThat(new Stft(config).magnitudes(click)[4][0]).isCloseTo(0f, within(1e-7f));
        assertThat(new Stft(config).magnitudes(click)[2][0]).isCloseTo(1f, within(1e-6f));
    }

    @Test
    void inverseOfTheTransformIsTheSound() {
        float[] audio = noise(1000);
        Stft stft = new Stft(StftConfig.centred(64, 16));
        int windows = stft.config().windows(audio.length);
        float[][] re = new float[windows][];
        float[][] im = new float[windows][];
        stft.forEachWindow(audio, (i, a, b) -> {
            re[i] = a.clone();
            im[i] = b.clone();
        });
        float[] back = stft.inverse(re, im, audio.length);
        for (int n = 0; n < audio.length; n++) {
            assertThat(back[n]).isCloseTo(audio[n], within(1e-5f));
        }
    }

    @Test
    void emptySoundHasNoWindows() {
        for (Padding padding : Padding.values()) {
            assertThat(new StftConfig(16, 16, 4, Window.HANN_SYMMETRIC, padding).windows(0)).isZero();
        }
    }

    private static double reference(float[] audio, int start, int size, int bin) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < size; n++) {
            int at = Math.abs(start + n);
            at = at < audio.length ? at : 2 * (audio.length - 1) - at;
            double value = audio[at] * (0.5 - 0.5 * Math.cos(2 * Math.PI * n / size));
            re += value * Math.cos(2 * Math.PI * bin * n / size);
            im -= value * Math.sin(2 * Math.PI * bin * n / size);
        }
        return Math.hypot(re, im);
    }

    private static float[] noise(int length) {
        Random random = new Random(1);
        float[] out = new float[length];
        for (int n = 0; n < length; n++) {
            out[n] = (float) random.nextGaussian() * 0.1f;
        }
        return out;
    }
}
