package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RampTest {
    @Test
    void movesInEqualStepsAndArrivesExactly() {
        Ramp ramp = new Ramp(0.01, 1_000, 0f);
        ramp.moveTo(0.3f);
        float before = 0f;
        for (int n = 1; n <= 10; n++) {
            float value = ramp.next();
            assertThat(value - before).isEqualTo(0.03f, within(1e-6f));
            before = value;
        }
        assertThat(before).isEqualTo(0.3f);
        assertThat(ramp.next()).isEqualTo(0.3f);
    }

    @Test
    void turnsRoundFromWhereItIs() {
        Ramp ramp = new Ramp(0.004, 1_000, 1f);
        ramp.moveTo(0f);
        ramp.next();
        ramp.next();
        ramp.moveTo(1f);
        assertThat(ramp.next()).isEqualTo(0.625f);
    }

    @Test
    void multipliesInPlace() {
        Ramp ramp = new Ramp(0.002, 1_000, 1f);
        ramp.moveTo(0f);
        float[] audio = {9f, 1f, 1f, 1f};
        ramp.multiply(audio, 1, 3);
        assertThat(audio).containsExactly(9f, 0.5f, 0f, 0f);
    }
}
