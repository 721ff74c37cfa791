package org.chanterelle.evaluate.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.Random;
import org.chanterelle.evaluate.ExternalPitch;
import org.chanterelle.signal.Levels;
import org.chanterelle.train.notes.NoteFolders;
import org.junit.jupiter.api.Test;

/** Each fault that a note can have is found, and none that it has not. */
final class CellCheckTest {
    private final CellCheck deaf = new CellCheck(Optional.empty());
    private final float[] truth = NoteFolders.tone("bright", 60, 100);

    @Test
    void theTruthItselfHasNoFault() {
        assertThat(deaf.check(truth, truth, 60).faults()).isEmpty();
        assertThat(deaf.check(truth, null, 60).levelDb()).isNull();
    }

    @Test
    void aLevelMoreThanSixDecibelsOffIsFound() {
        assertThat(deaf.check(Levels.scaled(truth, -5.9), truth, 60).faults()).isEmpty();
        CellCheck.Found quiet = deaf.check(Levels.scaled(truth, -6.5), truth, 60);
        assertThat(quiet.levelDb()).isCloseTo(-6.5, within(0.01));
        assertThat(quiet.faults()).containsExactly("-6.5 dB");
        assertThat(deaf.check(new float[truth.length], truth, 60).faults()).containsExactly("-Infinity dB");
    }

    @Test
    void dcIsFound() {
        float[] shifted = truth.clone();
        for (int n = 0; n < shifted.length; n++) {
            shifted[n] += 0.003f;
        }
        assertThat(deaf.check(shifted, truth, 60).faults()).containsExactly("DC -50 dB");
    }

    @Test
    void aClickIsFoundWhereTheTruthHasNone() {
        float[] clicking = truth.clone();
        clicking[20_000] += 0.1f;
        clicking[40_000] += 0.1f;
        assertThat(deaf.check(clicking, truth, 60).faults()).containsExactly("2 clicks");
        assertThat(deaf.check(clicking, clicking, 60).faults()).isEmpty();
    }

    @Test
    void noiseAndTheReleaseAreNoClicks() {
        float[] noise = new float[truth.length];
        Random random = new Random(1);
        for (int n = 0; n < noise.length; n++) {
            noise[n] = n < 48_000 ? 0.1f * (float) random.nextGaussian() : 0;
        }
        assertThat(Clicks.count(noise)).isZero();
    }

    /** Needs aubio-tools, which bin/verify installs; reported as skipped, never as passed, without them. */
    @Test
    void aMistunedNoteIsFound() {
        assumeTrue(ExternalPitch.find().isPresent(), ExternalPitch.MISSING);
        CellCheck check = new CellCheck(ExternalPitch.find());
        for (int pitch : new int[] {31, 45, 60, 84}) {
            float[] tuned = NoteFolders.tone("bright", pitch, 100);
            assertThat(check.check(tuned, tuned, pitch).faults()).as("pitch " + pitch).isEmpty();
            assertThat(check.check(tuned, tuned, pitch).cents()).isCloseTo(0, within(12.0));
            float[] other = NoteFolders.tone("bright", pitch + 1, 100);
            assertThat(check.check(other, tuned, pitch).faults()).singleElement().asString().endsWith("cents");
        }
        float[] silence = new float[truth.length];
        assertThat(check.check(silence, null, 60).faults()).contains("no pitch");
    }

    @Test
    void aSoundWithoutPitchIsComparedWithTheTruth() {
        assumeTrue(ExternalPitch.find().isPresent(), ExternalPitch.MISSING);
        CellCheck check = new CellCheck(ExternalPitch.find());
        float[] elsewhere = NoteFolders.tone("bright", 67, 100);
        assertThat(check.check(elsewhere, elsewhere, 60).faults()).as("as the truth sounds").isEmpty();
        assertThat(check.check(truth, elsewhere, 64).cents()).as("unlike it, and neither at its own pitch").isNull();
    }
}
