package org.chanterelle.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LevelsTest {
    @Test
    void aFullScaleSineIsThreeDecibelsBelowASquare() {
        float[] sine = new float[1600];
        float[] square = new float[1600];
        for (int n = 0; n < sine.length; n++) {
            sine[n] = (float) Math.sin(2 * Math.PI * n / 16);
            square[n] = n % 16 < 8 ? 1 : -1;
        }
        assertThat(Levels.rmsDbfs(square)).isCloseTo(0, within(1e-9));
        assertThat(Levels.rmsDbfs(sine)).isCloseTo(-3.0103, within(1e-4));
        assertThat(Levels.rmsDbfs(Levels.atRms(sine, -21))).isCloseTo(-21, within(1e-4));
    }

    @Test
    void silenceStaysSilence() {
        assertThat(Levels.rmsDbfs(new float[10])).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Levels.rmsDbfs(new float[0])).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Levels.atRms(new float[10], -21)).containsOnly(0f);
    }

    @Test
    void trimsDitherAtBothEndsButNothingBetween() {
        float lsb = 1f / 32768;
        float[] sound = {0, lsb, -lsb, 0.1f, 0, 0, -0.1f, 0, lsb};
        assertThat(Levels.trimmed(sound)).containsExactly(0.1f, 0, 0, -0.1f);
        assertThat(Levels.trimmed(new float[] {0, lsb, 0})).isEmpty();
    }

    @Test
    void thePeakIsThatOfTheLargestSampleOfEitherSign() {
        assertThat(Levels.peakDbfs(new float[] {0.1f, -0.5f, 0.25f})).isCloseTo(-6.0206, within(1e-3));
        assertThat(Levels.peakDbfs(new float[3])).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
