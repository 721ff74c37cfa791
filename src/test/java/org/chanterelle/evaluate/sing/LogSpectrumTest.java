package org.chanterelle.evaluate.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.chanterelle.ddsp.LogPowerLoss;
import org.chanterelle.train.notes.NoteFolders;
import org.junit.jupiter.api.Test;

/** Evaluation and training measure by the same loss. */
final class LogSpectrumTest {
    private final LogSpectrum spectra = new LogSpectrum();

    @Test
    void anImpulseHasTheSameLevelInEveryBin() {
        float[] impulse = new float[2048];
        impulse[300] = 3f;
        float[][] spectrum = spectra.of(impulse);
        assertThat(spectrum).hasNumberOfRows(5);
        double[] starts = {0, 256};
        for (int i = 0; i < starts.length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (300 - starts[i]) / 1024);
            for (float bin : spectrum[i]) {
                assertThat(bin).isCloseTo((float) Math.log(1 + 9 * window * window), within(1e-4f));
            }
        }
        assertThat(spectrum[2]).containsOnly(0f);
    }

    @Test
    void aDistanceIsTheMeanOverWindowsAndBins() {
        assertThat(LogSpectrum.distance(new float[][] {{1, 2}, {3, 4}}, new float[][] {{1, 1}, {5, 3}})).isEqualTo(1.0);
    }

    @Test
    void isTheLossOfTraining() {
        float[] a = NoteFolders.tone("bright", 60, 100);
        float[] b = NoteFolders.tone("soft", 64, 75);
        assertThat(LogSpectrum.distance(spectra.of(a), spectra.of(b)))
                .isCloseTo(new LogPowerLoss().apply(a, b, 1, null), within(1e-4));
    }
}
