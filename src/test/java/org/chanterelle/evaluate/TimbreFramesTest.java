package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.chanterelle.evaluate.synthetic.Vowel;
import org.chanterelle.signal.Levels;
import org.junit.jupiter.api.Test;

class TimbreFramesTest {
    private static final int RATE_HZ = 16_000;
    private final TimbreFrames frames = new TimbreFrames();

    @Test
    void leavesOutWhatIsNotHeard() {
        float[] sound = new float[3 * RATE_HZ];
        System.arraycopy(MadeSounds.vowel(Vowel.A, 57, 1, -20, 16_000), 0, sound, 0, RATE_HZ);
        System.arraycopy(MadeSounds.vowel(Vowel.A, 57, 1, -59, 16_000), 0, sound, 2 * RATE_HZ, RATE_HZ);
        assertThat(frames.of(sound, i -> true).size()).isBetween(90, 106);
        assertThat(frames.of(sound, i -> i < 50).size()).isBetween(45, 50);
        assertThat(frames.of(new float[RATE_HZ], i -> true)).isEmpty();
    }

    @Test
    void levelIsThatOfASineWhereAWeightingIsNothing() {
        float[] sine = new float[RATE_HZ];
        for (int n = 0; n < sine.length; n++) {
            sine[n] = (float) (0.1 * Math.sin(2 * Math.PI * 1000 * n / RATE_HZ));
        }
        assertThat(frames.levelsDb(sine)[50]).isCloseTo(-23.01, within(0.05));
    }

    @Test
    void likeSoundsAreNearerThanUnlike() {
        List<double[]> a = frames.of(MadeSounds.vowel(Vowel.A, 57, 1, -20, 16_000), i -> true);
        List<double[]> louder = frames.of(MadeSounds.vowel(Vowel.A, 57.5, 1, -14, 16_000), i -> true);
        List<double[]> u = frames.of(MadeSounds.vowel(Vowel.U, 57, 1, -20, 16_000), i -> true);
        assertThat(FrechetDistance.between(a, louder)).isLessThan(0.3 * FrechetDistance.between(a, u));
    }

    @Test
    void randomPhasesKeepTheTimbreAndLoseTheWaveform() {
        float[] sound = MadeSounds.vowel(Vowel.E, 57, 1, -20, 16_000);
        float[] scrambled = RandomPhases.of(sound, 1);
        assertThat(scrambled).hasSameSizeAs(sound);
        assertThat(scrambled).isEqualTo(RandomPhases.of(sound, 1));
        double correlation = 0;
        for (int n = 0; n < sound.length; n++) {
            correlation += sound[n] * scrambled[n];
        }
        double power = Math.pow(10, (Levels.rmsDbfs(sound) + Levels.rmsDbfs(scrambled)) / 20) * sound.length;
        assertThat(Math.abs(correlation / power)).isLessThan(0.3);
        float[] inner = Arrays.copyOfRange(sound, 4000, 12000);
        float[] innerScrambled = Arrays.copyOfRange(scrambled, 4000, 12000);
        assertThat(Spread.of(List.of(inner, innerScrambled), RATE_HZ).meanEnvelopeDb()).isLessThan(4);
    }
}
