package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MelodyMetricsTest {
    private static final double RATE_HZ = 100;

    @Test
    void aMelodyFollowsItselfPerfectly() {
        Melody melody = Melody.onGrid(new double[] {0, 220, 230, 0, 440}, RATE_HZ);
        assertThat(MelodyMetrics.compare(melody, melody, 50)).isEqualTo(new MelodyScores(1, 0, 1, 1, 1));
    }

    @Test
    void octaveErrorsCostPitchButNotChroma() {
        Melody truth = Melody.onGrid(new double[] {220, 220, 220, 220}, RATE_HZ);
        Melody guess = Melody.onGrid(new double[] {220, 440, 110, 250}, RATE_HZ);
        MelodyScores scores = MelodyMetrics.compare(truth, guess, 50);
        assertThat(scores.rawPitchAccuracy()).isEqualTo(0.25);
        assertThat(scores.rawChromaAccuracy()).isEqualTo(0.75);
        assertThat(scores.overallAccuracy()).isEqualTo(0.25);
    }

    @Test
    void aRestWithTheRightPitchCountsForPitchOnly() {
        Melody truth = Melody.onGrid(new double[] {220, 220, 0, 0}, RATE_HZ);
        Melody guess = Melody.onGrid(new double[] {-220, 220, 220, 0}, RATE_HZ);
        assertThat(MelodyMetrics.compare(truth, guess, 50)).isEqualTo(new MelodyScores(0.5, 0.5, 1, 1, 0.5));
    }

    @Test
    void toleranceIsExclusive() {
        Melody truth = Melody.onGrid(new double[] {220}, RATE_HZ);
        Melody quarterTone = Melody.onGrid(new double[] {220 * Math.pow(2, 50.0 / 1200)}, RATE_HZ);
        assertThat(MelodyMetrics.compare(truth, quarterTone, 49.999).rawPitchAccuracy()).isZero();
        assertThat(MelodyMetrics.compare(truth, quarterTone, 50.001).rawPitchAccuracy()).isOne();
    }

    @Test
    void anotherGridIsInterpolatedInCents() {
        Melody truth = Melody.onGrid(new double[] {220, 220 * Math.sqrt(2), 440}, 2);
        Melody guess = Melody.onGrid(new double[] {220, 440}, 1);
        assertThat(MelodyMetrics.compare(truth, guess, 1e-6)).isEqualTo(new MelodyScores(1, 0, 1, 1, 1));
    }

    @Test
    void beyondItsEndAnEstimateIsSilent() {
        Melody truth = Melody.onGrid(new double[] {220, 220, 220, 220}, 1);
        Melody guess = Melody.onGrid(new double[] {220, 220, 220}, 1);
        MelodyScores scores = MelodyMetrics.compare(truth, guess, 50);
        assertThat(scores.rawPitchAccuracy()).isCloseTo(0.75, within(1e-12));
        assertThat(scores.voicingRecall()).isCloseTo(0.75, within(1e-12));
    }
}
