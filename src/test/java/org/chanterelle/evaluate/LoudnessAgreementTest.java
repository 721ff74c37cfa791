package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.chanterelle.signal.FeatureTrack;
import org.junit.jupiter.api.Test;

class LoudnessAgreementTest {
    @Test
    void aConstantOffsetIsAnErrorButNoDisagreement() {
        FeatureTrack a = track(new float[] {0, -10, -20, -5}, true);
        FeatureTrack b = track(new float[] {3, -7, -17, -2}, true);
        LoudnessAgreement agreement = LoudnessAgreement.between(a, b);
        assertThat(agreement.meanErrorDb()).isCloseTo(3, within(1e-9));
        assertThat(agreement.rmsErrorDb()).isCloseTo(3, within(1e-9));
        assertThat(agreement.correlation()).isCloseTo(1, within(1e-9));
    }

    @Test
    void errorsThatCancelInTheMeanShowInTheRms() {
        LoudnessAgreement agreement = LoudnessAgreement.between(track(new float[] {0, 0}, true),
                track(new float[] {2, -2}, true));
        assertThat(agreement.meanErrorDb()).isCloseTo(0, within(1e-9));
        assertThat(agreement.rmsErrorDb()).isCloseTo(2, within(1e-9));
    }

    @Test
    void whatLiesFarBelowTheLoudestIsAllTheSame() {
        FeatureTrack a = track(new float[] {0, -30, -70}, true);
        FeatureTrack b = track(new float[] {0, -30, -110}, true);
        assertThat(LoudnessAgreement.between(a, b).correlation()).isCloseTo(1, within(1e-9));
    }

    @Test
    void withoutVoicedFramesThereIsNoError() {
        FeatureTrack a = track(new float[] {0, -30}, false);
        assertThat(LoudnessAgreement.between(a, a)).isEqualTo(new LoudnessAgreement(0, 0, 1, 0));
    }

    private static FeatureTrack track(float[] loudnessDb, boolean voiced) {
        boolean[] all = new boolean[loudnessDb.length];
        java.util.Arrays.fill(all, voiced);
        return new FeatureTrack(100, new float[all.length], loudnessDb, new float[all.length], all);
    }
}
