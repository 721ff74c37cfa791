package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    @ParameterizedTest
    @CsvSource({"44100,48000", "48000,44100", "16000,48000", "48000,16000", "96000,44100", "22050,48000", "11025.5,48000",
            "47999,16000"})
    void passesSinesUpToNineTenthsOfTheLowerNyquistUnchanged(double fromHz, double toHz) {
        double lower = Math.min(fromHz, toHz);
        for (double share : new double[] {0.003, 0.2, 0.5, 0.8, 0.905}) {
            double hz = share * lower / 2;
            int frames = (int) (fromHz / 4);
            float[] out = Resampler.resample(sine(frames, hz, fromHz), fromHz, toHz);
            assertThat(out).hasSize((int) Math.round(frames * toHz / fromHz));
            int edge = out.length / 8;
            float[] middle = Arrays.copyOfRange(out, edge, out.length - edge);
            float[] expected = Arrays.copyOfRange(sine(out.length, hz, toHz), edge, out.length - edge);
            assertThat(errorDb(middle, expected)).as("%s Hz", hz).isLessThan(-82);
        }
    }

    @ParameterizedTest
    @CsvSource({"48000,44100", "48000,16000", "96000,48000", "96000,44100", "47999,16000"})
    void removesWhatLiesAboveTheLowerNyquist(double fromHz, double toHz) {
        for (double hz : new double[] {toHz / 2 * 1.005, (toHz + fromHz) / 4, fromHz / 2 * 0.97}) {
            float[] out = Resampler.resample(sine((int) (fromHz / 4), hz, fromHz), fromHz, toHz);
            float[] middle = Arrays.copyOfRange(out, out.length / 8, out.length * 7 / 8);
            assertThat(20 * Math.log10(rms(middle) * Math.sqrt(2))).as("%s Hz", hz).isLessThan(-90);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 1024})
    void blocksOfAnySizeGiveTheSameStreamAsTheWholeDelayedByTheLatency(int block) {
        float[] in = noise(9000);
        Resampler resampler = new Resampler(44100, 48000);
        float[] whole = new float[resampler.maxOutput(in.length)];
        int wholeFrames = resampler.process(in, 0, in.length, whole, 0);
        resampler.reset();
        float[] pieces = new float[whole.length];
        int frames = 0;
        for (int i = 0; i < in.length; i += block) {
            int size = Math.min(block, in.length - i);
            float[] scratch = new float[resampler.maxOutput(size)];
            int written = resampler.process(in, i, size, scratch, 0);
            System.arraycopy(scratch, 0, pieces, frames, written);
            frames += written;
        }
        assertThat(frames).isEqualTo(wholeFrames);
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void theStreamLagsByTheDeclaredLatency() {
        float[] in = sine(24000, 1000, 16000);
        Resampler resampler = new Resampler(16000, 48000);
        float[] out = new float[resampler.maxOutput(in.length)];
        int frames = resampler.process(in, 0, in.length, out, 0);
        assertThat(frames).isEqualTo(72000);
        for (int n = 24000; n < 48000; n++) {
            double expected = Math.sin(2 * Math.PI * 1000 * (n / 48000.0 - resampler.latencySeconds()));
            assertThat((double) out[n]).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void equalRatesPassUnchangedAndUndelayed() {
        Resampler resampler = new Resampler(48000, 48000);
        float[] in = noise(100);
        float[] out = new float[100];
        assertThat(resampler.process(in, 0, 100, out, 0)).isEqualTo(100);
        assertThat(out).isEqualTo(in);
        assertThat(resampler.latencySeconds()).isZero();
    }

    @Test
    void aConstantStaysThatConstant() {
        float[] in = new float[4000];
        Arrays.fill(in, 0.5f);
        float[] out = Resampler.resample(in, 44100, 96000);
        for (int i = 1000; i < out.length - 1000; i++) {
            assertThat(out[i]).isCloseTo(0.5f, within(2e-6f));
        }
    }

    private static double errorDb(float[] got, float[] expected) {
        float[] difference = new float[got.length];
        for (int i = 0; i < got.length; i++) {
            difference[i] = got[i] - expected[i];
        }
        return 20 * Math.log10(rms(difference) / rms(expected));
    }

    private static double rms(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += (double) v * v;
        }
        return Math.sqrt(sum / values.length);
    }

    private static float[] sine(int frames, double hz, double rate) {
        float[] out = new float[frames];
        for (int i = 0; i < frames; i++) {
            out[i] = (float) Math.sin(2 * Math.PI * hz * i / rate);
        }
        return out;
    }

    private static float[] noise(int frames) {
        Random random = new Random(7);
        float[] out = new float[frames];
        for (int i = 0; i < frames; i++) {
            out[i] = random.nextFloat() * 2 - 1;
        }
        return out;
    }
}
