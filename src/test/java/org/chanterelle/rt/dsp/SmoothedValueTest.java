package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoothedValueTest {
    private static final int RATE_HZ = 48_000;
    private static final int STEPS = 128;

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void aSweepInStepsSoundsAsTheContinuousOne(int rateHz) {
        float[] continuous = swept(rateHz, share -> share);
        float[] stepped = swept(rateHz, share -> Math.rint(share * STEPS) / STEPS);
        float[] difference = new float[rateHz];
        for (int n = 0; n < rateHz; n++) {
            difference[n] = stepped[n] - continuous[n];
        }
        assertThat(Levels.rmsDbfs(difference) - Levels.rmsDbfs(continuous)).isBetween(-100.0, -60.0);
    }

    @Test
    void aMoveIsMostlyDoneInItsTimeAndNeverPassesItsTarget() {
        SmoothedValue value = new SmoothedValue(0.02, RATE_HZ, 1f);
        value.moveTo(0f);
        float before = 1f;
        for (int n = 0; n < RATE_HZ / 50; n++) {
            float next = value.next();
            assertThat(next).isBetween(0f, before);
            before = next;
        }
        assertThat(before).isBetween(0.15f, 0.25f);
    }

    @Test
    void arrivesExactlyAndThenChangesNothing() {
        SmoothedValue value = new SmoothedValue(0.02, RATE_HZ, 0.3f);
        value.moveTo(1f);
        value.multiply(new float[RATE_HZ / 5], 0, RATE_HZ / 5);
        assertThat(value.isMoving()).isFalse();
        assertThat(value.next()).isEqualTo(1f);
        float[] audio = {0.1f, -0f, Float.MIN_VALUE};
        value.multiply(audio, 0, 3);
        assertThat(audio).containsExactly(0.1f, -0f, Float.MIN_VALUE);
    }

    @Test
    void beginsWithoutAKink() {
        SmoothedValue value = new SmoothedValue(0.02, RATE_HZ, 0f);
        value.moveTo(1f);
        assertThat(value.next()).isLessThan(2e-5f);
    }

    @Test
    void jumpsWhenTold() {
        SmoothedValue value = new SmoothedValue(0.02, RATE_HZ, 0f);
        value.moveTo(1f);
        value.next();
        value.jump(0.5f);
        assertThat(value.next()).isEqualTo(0.5f);
        assertThat(value.target()).isEqualTo(0.5f);
    }

    /** A sine whose gain is swept from -40 to 0 dB in a second. */
    private static float[] swept(int rateHz, DoubleUnaryOperator knob) {
        float[] audio = new float[rateHz];
        SmoothedValue gain = new SmoothedValue(0.02, rateHz, (float) Units.dbToGain(-40));
        for (int n = 0; n < rateHz; n++) {
            gain.moveTo((float) Units.dbToGain(-40 + 40 * knob.applyAsDouble((double) n / rateHz)));
            audio[n] = (float) Math.sin(2 * Math.PI * 1_000 * n / rateHz) * gain.next();
        }
        return audio;
    }
}
