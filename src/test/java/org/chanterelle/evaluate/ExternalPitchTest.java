package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.chanterelle.evaluate.ExternalPitch.Method;
import org.chanterelle.evaluate.synthetic.Vowel;
import org.junit.jupiter.api.Test;

class ExternalPitchTest {
    /** Needs aubio-tools, which bin/verify installs; reported as skipped, never as passed, without them. */
    @Test
    void hearsASungPitchAtItsTime() {
        assumeTrue(ExternalPitch.find().isPresent(), ExternalPitch.MISSING);
        float[] sung = new float[32_000];
        System.arraycopy(MadeSounds.vowel(Vowel.A, 57, 1, -20, 16_000), 0, sung, 8_000, 16_000);
        for (Method method : Method.values()) {
            Melody heard = ExternalPitch.find().orElseThrow().track(method, sung, 16_000, 220);
            double[] truth = new double[200];
            java.util.Arrays.fill(truth, 55, 145, 220);
            assertThat(MelodyMetrics.compare(Melody.onGrid(truth, 100), heard, 50).rawPitchAccuracy()).isGreaterThan(0.97);
            assertThat(heard.hz()[10]).isZero();
        }
    }

    @Test
    void whatToDoWithoutItIsOneLine() {
        assertThat(ExternalPitch.MISSING).doesNotContain("\n").contains("apt-get install aubio-tools");
    }
}
