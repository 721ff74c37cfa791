package org.chanterelle.ddsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LaneFftTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 64, 128, 512})
    void everyLaneIsTransformedByTheDefinition(int size) {
        SplittableRandom random = new SplittableRandom(size);
        int lanes = LaneFft.LANES;
        float[] x = new float[size * lanes];
        float[] y = new float[size * lanes];
        float[] re = new float[size * lanes];
        float[] im = new float[size * lanes];
        LaneFft fft = new LaneFft(size);
        for (int n = 0; n < size; n++) {
            for (int lane = 0; lane < lanes; lane++) {
                x[n * lanes + lane] = re[fft.place(n) * lanes + lane] = (float) random.nextDouble(-1, 1);
                y[n * lanes + lane] = im[fft.place(n) * lanes + lane] = (float) random.nextDouble(-1, 1);
            }
        }
        fft.transform(re, im);
        for (int lane = 0; lane < lanes; lane += lanes - 1) {
            for (int k = 0; k < size; k++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int n = 0; n < size; n++) {
                    double angle = -2 * Math.PI * k * n / size;
                    sumRe += x[n * lanes + lane] * Math.cos(angle) - y[n * lanes + lane] * Math.sin(angle);
                    sumIm += x[n * lanes + lane] * Math.sin(angle) + y[n * lanes + lane] * Math.cos(angle);
                }
                assertThat((double) re[k * lanes + lane]).isCloseTo(sumRe, within(1e-5 * size));
                assertThat((double) im[k * lanes + lane]).isCloseTo(sumIm, within(1e-5 * size));
            }
        }
    }
}
