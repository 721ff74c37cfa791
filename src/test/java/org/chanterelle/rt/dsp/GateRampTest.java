package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateRampTest {
    private static final double RATE = 48_000;

    @Test
    void isShutUntilItsFrameAndOpenAfterTheRamp() {
        float[] gain = run(256, 1000);
        assertThat(Arrays.copyOfRange(gain, 0, 300)).containsOnly(0f);
        assertThat(gain[300]).isPositive();
        assertThat(Arrays.copyOfRange(gain, 396, 700)).containsOnly(1f);
        assertThat(Arrays.copyOfRange(gain, 796, 1000)).containsOnly(0f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 1000})
    void blocksOfAnySizeGiveTheSame(int block) {
        assertThat(run(block, 1000)).isEqualTo(run(256, 1000));
    }

    @Test
    void movesWithoutAStep() {
        float[] gain = run(256, 1000);
        for (int i = 1; i < gain.length; i++) {
            assertThat(Math.abs(gain[i] - gain[i - 1])).isLessThan(0.02f);
        }
    }

    @Test
    void ofMovesDueAtOnceTheLastCounts() {
        GateRamp gate = new GateRamp(0.002, RATE);
        gate.schedule(false, 10);
        gate.schedule(true, 10);
        float[] gain = ones(200);
        gate.process(gain, 0, 200);
        assertThat(gain[199]).isEqualTo(1f);
        assertThat(gate.isShut()).isFalse();
    }

    @Test
    void takesMovesInAnyOrderAndManyOfThem() {
        GateRamp gate = new GateRamp(0.002, RATE);
        for (int i = 20; i > 0; i--) {
            gate.schedule(i % 2 == 0, 10 * i);
        }
        float[] gain = ones(2000);
        gate.process(gain, 0, 2000);
        assertThat(gain[0]).isZero();
        gate.reset(false);
        assertThat(gate.isShut()).isTrue();
    }

    private static float[] run(int block, int frames) {
        GateRamp gate = new GateRamp(0.002, RATE);
        gate.schedule(false, 700);
        gate.schedule(true, 300);
        float[] audio = ones(frames);
        for (int at = 0; at < frames; at += block) {
            gate.process(audio, at, Math.min(block, frames - at));
        }
        return audio;
    }

    private static float[] ones(int frames) {
        float[] ones = new float[frames];
        Arrays.fill(ones, 1f);
        return ones;
    }
}
