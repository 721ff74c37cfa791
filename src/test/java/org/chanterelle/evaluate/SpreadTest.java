package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.chanterelle.evaluate.synthetic.Vowel;
import org.chanterelle.signal.Levels;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final int RATE_HZ = 16_000;

    @Test
    void levelIsToldApartFromTimbre() {
        float[] sound = tones(0.1, 0.05);
        Spread spread = Spread.of(List.of(sound, Levels.scaled(sound, 6)), RATE_HZ);
        assertThat(spread.levelDb()).isCloseTo(6, within(1e-3));
        assertThat(spread.envelopeDb()).isCloseTo(0, within(1e-3));
    }

    @Test
    void findsTheBandThatDiffers() {
        Spread spread = Spread.of(List.of(tones(0.1, 0.1), tones(0.1, 0.05)), RATE_HZ);
        double levelDifference = 10 * Math.log10(0.02 / 0.0125);
        assertThat(spread.levelDb()).isCloseTo(levelDifference, within(0.05));
        assertThat(spread.envelopeDb()).isCloseTo(6.02 - levelDifference, within(0.05));
    }

    @Test
    void thirdOctavesHoldTheWholeOfATone() {
        double[] levels = ThirdOctaves.levelsDb(tones(0.1, 0), RATE_HZ);
        double[] centres = ThirdOctaves.centresHz(RATE_HZ / 2.0);
        int at500 = 5;
        assertThat(centres[at500]).isCloseTo(501.2, within(0.1));
        assertThat(levels[at500]).isCloseTo(-23.01, within(0.05));
        assertThat(Arrays.stream(levels).filter(level -> level > -60).count()).isEqualTo(1);
    }

    @Test
    void sungVowelsAreAlikeInLevelAndUnlikeInTimbre() {
        List<float[]> vowels = Arrays.stream(Vowel.values()).map(vowel -> MadeSounds.vowel(vowel, 57, 0.8, -20, 16_000)).toList();
        Spread spread = Spread.of(vowels, RATE_HZ);
        assertThat(spread.levelDb()).isLessThan(1);
        assertThat(spread.envelopeDb()).isGreaterThan(10);
    }

    /** Tones of 500 and 2,000 Hz. */
    private static float[] tones(double low, double high) {
        float[] out = new float[RATE_HZ];
        for (int n = 0; n < out.length; n++) {
            double phase = 2 * Math.PI * n / RATE_HZ;
            out[n] = (float) (low * Math.sin(500 * phase) + high * Math.sin(2000 * phase));
        }
        return out;
    }
}
