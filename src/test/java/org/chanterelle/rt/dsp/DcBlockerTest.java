package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DcBlockerTest {
    private static final int RATE = 48_000;

    @Test
    void takesAwayAConstant() {
        float[] audio = new float[RATE];
        java.util.Arrays.fill(audio, 0.5f);
        new DcBlocker(RATE).process(audio, 0, audio.length);
        assertThat(Math.abs(audio[RATE - 1])).isLessThan(1e-6f);
    }

    @Test
    void leavesMusicAlone() {
        float[] audio = new float[RATE];
        for (int i = 0; i < RATE; i++) {
            audio[i] = (float) Math.sin(2 * Math.PI * 196 * i / RATE);
        }
        new DcBlocker(RATE).process(audio, 0, audio.length);
        double sum = 0;
        for (int i = RATE / 2; i < RATE; i++) {
            sum += audio[i] * audio[i];
        }
        assertThat(10 * Math.log10(sum / (RATE / 2) * 2)).isBetween(-0.05, 0.01);
    }

    @Test
    void blocksOfAnySizeGiveTheSame() {
        float[] whole = new float[1000];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (float) Math.cos(i * i * 0.001);
        }
        float[] parts = whole.clone();
        new DcBlocker(RATE).process(whole, 0, whole.length);
        DcBlocker blocker = new DcBlocker(RATE);
        for (int done = 0; done < parts.length; done += 50) {
            blocker.process(parts, done, 50);
        }
        assertThat(parts).isEqualTo(whole);
        blocker.reset();
        float[] one = {1f};
        blocker.process(one, 0, 1);
        assertThat(one[0]).isEqualTo(1f);
    }
}
