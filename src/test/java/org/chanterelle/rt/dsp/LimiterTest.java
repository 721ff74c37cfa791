package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimiterTest {
    private static final int RATE_HZ = 48_000;

    @Test
    void passesWhatLiesBelowItsThresholdBitForBit() {
        float[] quiet = tone(0.7f, 4_800);
        float[] copy = quiet.clone();
        new Limiter(RATE_HZ).process(copy, 0, copy.length);
        assertThat(copy).isEqualTo(quiet);
    }

    @Test
    void neverExceedsFullScale() {
        float[] loud = tone(50f, 4_800);
        new Limiter(RATE_HZ).process(loud, 0, loud.length);
        for (float value : loud) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(1f);
        }
    }

    @Test
    void louderInputIsNeverQuieterOutput() {
        float before = 0f;
        for (float level = 0.1f; level < 10f; level *= 1.05f) {
            float[] value = {level};
            new Limiter(RATE_HZ).process(value, 0, 1);
            assertThat(value[0]).isGreaterThan(before);
            before = value[0];
        }
    }

    @Test
    void isTransparentAgainAfterAPeak() {
        Limiter limiter = new Limiter(RATE_HZ);
        float[] peak = tone(4f, 480);
        limiter.process(peak, 0, peak.length);
        float[] quiet = tone(0.5f, 3 * RATE_HZ);
        float[] copy = quiet.clone();
        limiter.process(copy, 0, copy.length);
        assertThat(copy[3 * RATE_HZ - 1]).isEqualTo(quiet[3 * RATE_HZ - 1]);
    }

    @Test
    void turnsWhatIsNotFiniteIntoSilence() {
        float[] broken = {Float.NaN, Float.NEGATIVE_INFINITY, 0.25f};
        new Limiter(RATE_HZ).process(broken, 0, 3);
        assertThat(broken).containsExactly(0f, 0f, 0.25f);
    }

    private static float[] tone(float level, int frames) {
        float[] tone = new float[frames];
        for (int n = 0; n < frames; n++) {
            tone[n] = level * (float) Math.sin(0.05 * n + 0.3);
        }
        return tone;
    }
}
