package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HighPassTest {
    private static final int RATE = 48_000;

    @Test
    void takesAwayAConstant() {
        float[] audio = new float[RATE];
        java.util.Arrays.fill(audio, 0.5f);
        new HighPass(20, RATE).process(audio, 0, audio.length);
        assertThat(Math.abs(audio[RATE - 1])).isLessThan(1e-6f);
    }

    @Test
    void leavesMusicAlone() {
        float[] audio = new float[RATE];
        for (int i = 0; i < RATE; i++) {
            audio[i] = (float) Math.sin(2 * Math.PI * 196 * i / RATE);
        }
        new HighPass(20, RATE).process(audio, 0, audio.length);
        double sum = 0;
        for (int i = RATE / 2; i < RATE; i++) {
            sum += audio[i] * audio[i];
        }
        assertThat(10 * Math.log10(sum / (RATE / 2) * 2)).isBetween(-0.05, 0.01);
    }

    @Test
    void takesTwelveDecibelsAnOctave() {
        float[] audio = new float[4 * RATE];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (float) Math.sin(2 * Math.PI * 50 * i / RATE);
        }
        new HighPass(200, RATE).process(audio, 0, audio.length);
        float peak = 0;
        for (int i = RATE; i < audio.length; i++) {
            peak = Math.max(peak, Math.abs(audio[i]));
        }
        assertThat(20 * Math.log10(peak)).isBetween(-24.3, -23.9);
    }

    @Test
    void blocksOfAnySizeGiveTheSame() {
        float[] whole = new float[1000];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (float) Math.cos(i * i * 0.001);
        }
        float[] parts = whole.clone();
        new HighPass(20, RATE).process(whole, 0, whole.length);
        HighPass filter = new HighPass(20, RATE);
        for (int done = 0; done < parts.length; done += 50) {
            filter.process(parts, done, 50);
        }
        assertThat(parts).isEqualTo(whole);
        filter.reset();
        float[] again = new float[50];
        for (int i = 0; i < again.length; i++) {
            again[i] = (float) Math.cos(i * i * 0.001);
        }
        filter.process(again, 0, again.length);
        assertThat(again).isEqualTo(java.util.Arrays.copyOf(whole, again.length));
    }
}
