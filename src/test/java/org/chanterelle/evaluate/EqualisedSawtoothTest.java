package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.evaluate.EqualisedSawtooth.Example;
import org.chanterelle.evaluate.synthetic.Vowel;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;
import org.junit.jupiter.api.Test;

class EqualisedSawtoothTest {
    private static final int RATE_HZ = 16_000;
    private static final float[] AUDIO = MadeSounds.vowel(Vowel.A, 57, 2, -21, 16_000);
    private static final FeatureTrack FEATURES = FeatureExtractor.extract(AUDIO, RATE_HZ, 100);

    @Test
    void hasPitchLoudnessAndMeanSpectrumOfWhatItWasFittedTo() {
        float[] buzz = fitted().play(FEATURES, AUDIO.length);
        FeatureTrack heard = FeatureExtractor.extract(buzz, RATE_HZ, 100);
        assertThat(MelodyMetrics.compare(Melodies.of(FEATURES), Melodies.of(heard), 10).rawPitchAccuracy()).isGreaterThan(0.97);
        assertThat(LoudnessAgreement.between(FEATURES, heard).rmsErrorDb()).isLessThan(1);
        assertThat(Spread.of(List.of(middle(AUDIO), middle(buzz)), RATE_HZ).meanEnvelopeDb()).isLessThan(3);
    }

    @Test
    void isSilentWhereTheFeaturesAre() {
        float[] loudnessDb = FEATURES.loudnessDb().clone();
        Arrays.fill(loudnessDb, 50, 150, -80f);
        FeatureTrack gap = new FeatureTrack(100, FEATURES.f0Hz(), loudnessDb, FEATURES.confidence(), FEATURES.voiced());
        float[] buzz = fitted().play(gap, AUDIO.length);
        assertThat(Levels.rmsDbfs(buzz, 9000, 23000)).isLessThan(-100);
        assertThat(Levels.rmsDbfs(buzz, 3000, 7000)).isCloseTo(-21, within(3.0));
    }

    private static EqualisedSawtooth fitted() {
        return EqualisedSawtooth.fit(List.of(new Example(AUDIO, FEATURES)), RATE_HZ);
    }

    private static float[] middle(float[] audio) {
        return Arrays.copyOfRange(audio, RATE_HZ / 4, 7 * RATE_HZ / 4);
    }
}
