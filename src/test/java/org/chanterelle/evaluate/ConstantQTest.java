package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConstantQTest {
    private static float[] tone(double hz, double amplitude) {
        float[] x = new float[40_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / ConstantQ.SAMPLE_RATE_HZ));
        }
        return x;
    }

    @Test
    void aSineShowsItsAmplitudeInItsBin() {
        for (int bin : new int[] {3, 40, 80}) {
            double hz = 440 * Math.pow(2, (24 + bin - 69) / 12.0);
            double[] middle = new ConstantQ().magnitudes(tone(hz, 0.5))[40];
            assertThat(middle[bin]).as("bin %d", bin).isCloseTo(0.5, within(0.01));
            assertThat(middle[bin - 3]).isLessThan(0.01);
            assertThat(middle[bin + 3]).isLessThan(0.01);
        }
    }

    @Test
    void aSoundCorrelatesWithItselfAndALouderOne() {
        float[] x = tone(440, 0.3);
        float[] louder = tone(440, 0.6);
        for (int i = 0; i < 20_000; i++) {
            x[i] *= i / 20_000f;
            louder[i] *= i / 20_000f;
        }
        ConstantQ transform = new ConstantQ();
        double[] r = ConstantQ.correlations(transform.magnitudes(x), transform.magnitudes(louder));
        assertThat(r).isNotEmpty();
        for (double value : r) {
            assertThat(value).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void silentBinsAreLeftOut() {
        double[][] silence = new ConstantQ().magnitudes(new float[10_000]);
        assertThat(ConstantQ.correlations(silence, silence)).isEmpty();
    }
}
