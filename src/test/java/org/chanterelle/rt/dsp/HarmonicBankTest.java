package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmonicBankTest {
    private static final int RATE_HZ = 48_000;

    @Test
    void eachOf100HarmonicsIsASineWithin100Db() {
        for (int k = 1; k <= 100; k += 9) {
            HarmonicBank bank = new HarmonicBank(100, RATE_HZ, 23_000, 24_000);
            float[] one = new float[100];
            one[k - 1] = 1f;
            bank.reset(203.7f, 0);
            bank.ramp(203.7f, one, 1);
            float[] out = new float[RATE_HZ + 1];
            bank.render(out, 0, out.length);
            double error = 0;
            for (int n = 1; n < out.length; n++) {
                double cycles = (n + 1.0) * (double) 203.7f / RATE_HZ;
                double miss = out[n] - Math.sin(2 * Math.PI * k * (cycles - Math.floor(cycles)));
                error += miss * miss;
            }
            assertThat(Units.gainToDb(Math.sqrt(error / RATE_HZ * 2))).isLessThan(-100);
        }
    }

    @Test
    void thePhaseDoesNotDriftIn10Minutes() {
        HarmonicBank bank = new HarmonicBank(1, RATE_HZ, 23_000, 24_000);
        float[] one = {1f};
        float[] block = new float[240];
        bank.reset(1000f, 0);
        for (int period = 0; period < 120_000; period++) {
            // Up and down again by the same amount: 1,000.5 Hz on average, 240 whole frames, 5.0025 cycles a period.
            bank.ramp(period % 2 == 0 ? 1001f : 1000f, one, 240);
            bank.render(block, 0, 240);
        }
        double cycles = 120_000 * 240 * 1000.5 / RATE_HZ;
        assertThat(block[239]).isEqualTo((float) Math.sin(2 * Math.PI * (cycles - Math.floor(cycles))), within(1e-4f));
    }

    @ParameterizedTest
    @ValueSource(doubles = {44_100, 48_000})
    void aGlideFrom1To4KilohertzHasNothingInharmonic(double rateHz) {
        int frames = (int) (2 * rateHz);
        int period = (int) (rateHz / 200);
        HarmonicBank bank = new HarmonicBank(60, rateHz, rateHz / 2 * 31 / 32, rateHz / 2);
        float[] amplitudes = new float[60];
        for (int k = 0; k < 60; k++) {
            amplitudes[k] = 0.3f / (k + 1);
        }
        float[] out = new float[frames];
        bank.reset(1000f, 0);
        for (int at = 0; at + period <= frames; at += period) {
            bank.ramp(1000f + 3000f * (at + period) / frames, amplitudes, period);
            bank.render(out, at, period);
        }
        assertThat(inharmonicDb(out, rateHz, 1000, 3000.0 / frames)).isLessThan(-100);
    }

    /**
     * Energy that is not at harmonics of a glide: in each window, what remains when the harmonics are fitted, f0's law being known.
     * Each harmonic's cosine and sine may change as a polynomial of degree 4 in a window; the fade-in before the first window is left out.
     */
    private static double inharmonicDb(float[] audio, double rateHz, double startHz, double risePerFrame) {
        int window = 512;
        double total = 0;
        double rest = 0;
        for (int at = window; at + window <= audio.length; at += 3 * window) {
            double[][] basis = basis(at, window, rateHz, startHz, risePerFrame);
            double[] left = new double[window];
            for (int n = 0; n < window; n++) {
                double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / window);
                left[n] = audio[at + n] * hann;
                for (double[] vector : basis) {
                    vector[n] *= hann;
                }
            }
            total += dot(left, left);
            double[] residual = residual(left, basis);
            rest += dot(residual, residual);
        }
        return 10 * Math.log10(rest / total);
    }

    private static double[][] basis(int at, int window, double rateHz, double startHz, double risePerFrame) {
        double middleHz = startHz + risePerFrame * (at + window / 2.0);
        int harmonics = (int) (rateHz / 2 / middleHz) + 1;
        double[][] basis = new double[harmonics * 10][window];
        for (int n = 0; n < window; n++) {
            double frame = at + n;
            double cycles = ((frame + 1) * startHz + risePerFrame * frame * (frame + 1) / 2) / rateHz;
            double time = 2.0 * n / window - 1;
            for (int k = 0; k < harmonics; k++) {
                double angle = 2 * Math.PI * (k + 1) * (cycles - Math.floor(cycles));
                for (int power = 0; power < 5; power++) {
                    basis[10 * k + 2 * power][n] = Math.sin(angle) * Math.pow(time, power);
                    basis[10 * k + 2 * power + 1][n] = Math.cos(angle) * Math.pow(time, power);
                }
            }
        }
        return basis;
    }

    private static double[] residual(double[] signal, double[][] basis) {
        double[] left = signal.clone();
        for (int i = 0; i < basis.length; i++) {
            double[] vector = basis[i];
            for (int j = 0; j < i; j++) {
                subtract(vector, basis[j]);
            }
            double size = Math.sqrt(dot(vector, vector));
            for (int n = 0; n < vector.length; n++) {
                vector[n] = size < 1e-9 ? 0 : vector[n] / size;
            }
            subtract(left, vector);
        }
        return left;
    }

    private static void subtract(double[] from, double[] unit) {
        double share = dot(from, unit);
        for (int n = 0; n < from.length; n++) {
            from[n] -= share * unit[n];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            sum += a[n] * b[n];
        }
        return sum;
    }

    @Test
    void isSilentAboveTheFade() {
        HarmonicBank bank = new HarmonicBank(10, RATE_HZ, 8_000, 8_250);
        float[] amplitudes = new float[10];
        Arrays.fill(amplitudes, 1f);
        bank.reset(8_300f, 0);
        bank.ramp(8_300f, amplitudes, 100);
        float[] out = new float[1_000];
        bank.render(out, 0, out.length);
        assertThat(out).containsOnly(0f);
    }

    @Test
    void aNewRampInTheMiddleOfAnotherStartsWhereThatOneStands() {
        HarmonicBank bank = new HarmonicBank(3, RATE_HZ, 23_000, 24_000);
        float[] out = new float[400];
        bank.reset(300f, 0);
        bank.ramp(500f, new float[] {1f, 0.5f, 0.2f}, 200);
        bank.render(out, 0, 100);
        bank.ramp(100f, new float[3], 300);
        bank.render(out, 100, 300);
        for (int n = 1; n < out.length; n++) {
            assertThat(Math.abs(out[n] - out[n - 1])).isLessThan(0.12f);
        }
    }
}
