package org.chanterelle.analysis.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MelSpectrumTest {
    @Test
    void silenceIsTheFloorOfMinusHundredDecibels() {
        float[][] mel = new MelSpectrum().of(new float[1000]);
        assertThat(mel.length).isEqualTo(MelSpectrum.rows(1000)).isEqualTo(8);
        assertThat(20 * Math.log10(Math.exp(MelSpectrum.FLOOR))).isCloseTo(-100, within(1e-4));
        for (float[] row : mel) {
            assertThat(row).hasSize(MelSpectrum.BANDS).containsOnly(MelSpectrum.FLOOR);
        }
    }

    @Test
    void aSineStandsInTheBandOfItsFrequencyAndLouderIsMore() {
        float[][] mel = new MelSpectrum().of(sine(1000, 0.5));
        float[][] louder = new MelSpectrum().of(sine(1000, 1.0));
        int loudest = 0;
        for (int band = 0; band < MelSpectrum.BANDS; band++) {
            loudest = mel[20][band] > mel[20][loudest] ? band : loudest;
        }
        double step = MelScale.SLANEY.fromHz(8000) / (MelSpectrum.BANDS + 1);
        assertThat(MelScale.SLANEY.fromHz(1000) / step - 1).isCloseTo(loudest, within(0.5));
        assertThat(louder[20][loudest] - mel[20][loudest]).isCloseTo((float) Math.log(2), within(1e-4f));
        assertThat(Math.exp(louder[20][loudest])).isBetween(8.0, 11.0);
    }

    @Test
    void aClickStandsInTheRowsWhoseWindowsSeeIt() {
        float[] audio = new float[8000];
        audio[10 * MelSpectrum.HOP_FRAMES] = 1f;
        float[][] mel = new MelSpectrum().of(audio);
        assertThat(mel[10][40]).isGreaterThan(mel[9][40]).isGreaterThan(mel[11][40]);
        assertThat(mel[5][40]).isEqualTo(MelSpectrum.FLOOR);
        assertThat(mel[15][40]).isEqualTo(MelSpectrum.FLOOR);
    }

    private static float[] sine(double hz, double amplitude) {
        float[] audio = new float[8000];
        for (int n = 0; n < audio.length; n++) {
            audio[n] = (float) (amplitude * Math.sin(2 * Math.PI * hz * n / MelSpectrum.SAMPLE_RATE_HZ));
        }
        return audio;
    }
}
