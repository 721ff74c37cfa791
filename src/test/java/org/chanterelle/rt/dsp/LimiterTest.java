package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"48000, 110, 3", "48000, 440, 6", "48000, 440, 12", "48000, 2000, 12", "96000, 196, 6", "96000, 440, 12",
            "96000, 880, 12"})
    void aHotToneGetsNothingBeyondItsBand(int rateHz, double f0Hz, double overDb) {
        float[] hot = harmonicTone(rateHz, f0Hz, overDb);
        new Limiter(rateHz).process(hot, 0, hot.length);
        double[] beyond = new SteepHighPass(rateHz, 9_000).apply(hot);
        assertThat(meanSquareDb(beyond, 0)).as("with its onset").isLessThan(-85);
        assertThat(meanSquareDb(beyond, rateHz / 5)).as("while it sounds").isLessThan(-100);
    }

    @ParameterizedTest
    @CsvSource({"48000, 110, 3", "48000, 440, 12", "96000, 880, 6", "48000, 2000, 12"})
    void noHotTonePassesOneDecibelBelowFullScaleBetweenTheSamples(int rateHz, double f0Hz, double overDb) {
        float[] hot = harmonicTone(rateHz, f0Hz, overDb);
        new Limiter(rateHz).process(hot, 0, hot.length);
        assertThat(Levels.peakDbfs(Resampler.resample(hot, rateHz, 4 * rateHz))).isBetween(-3.0, -1.0);
    }

    @Test
    void aHotToneGetsNoDirectCurrent() {
        float[] hot = harmonicTone(RATE_HZ, 196, 12);
        new Limiter(RATE_HZ).process(hot, 0, hot.length);
        double sum = 0;
        int from = RATE_HZ / 5;
        for (int n = from; n < hot.length; n++) {
            // Weighted, so that broken periods at the ends do not count.
            sum += hot[n] * (1 - Math.cos(2 * Math.PI * (n - from) / (hot.length - from)));
        }
        assertThat(Units.gainToDb(Math.abs(sum / (hot.length - from)))).isLessThan(-80);
    }

    @Test
    void blocksOfAnyLengthGiveTheSame() {
        float[] whole = harmonicTone(RATE_HZ, 440, 6);
        float[] parts = whole.clone();
        new Limiter(RATE_HZ).process(whole, 0, whole.length);
        Limiter limiter = new Limiter(RATE_HZ);
        int length = 1;
        for (int at = 0; at < parts.length; at += length) {
            length = Math.min(1 + at % 257, parts.length - at);
            limiter.process(parts, at, length);
        }
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void aResetForgetsThePeaks() {
        Limiter limiter = new Limiter(RATE_HZ);
        float[] peak = tone(4f, 480);
        limiter.process(peak, 0, peak.length);
        limiter.reset();
        float[] quiet = tone(0.7f, 480);
        float[] copy = quiet.clone();
        limiter.process(copy, 0, copy.length);
        assertThat(copy).isEqualTo(quiet);
    }

    /** A second of a tone with vibrato whose harmonics end below 8 kHz, swelling in 60 ms to a peak of so many dB over full scale. */
    private static float[] harmonicTone(int rateHz, double f0Hz, double overDb) {
        double[] tone = new double[rateHz];
        Random random = new Random((long) f0Hz);
        double[] phases = random.doubles(80, 0, 2 * Math.PI).toArray();
        double cycles = 0;
        double loudest = 0;
        for (int n = 0; n < rateHz; n++) {
            double seconds = (double) n / rateHz;
            cycles += f0Hz * Math.pow(2, Math.sin(2 * Math.PI * 5.5 * seconds) / 60) / rateHz;
            for (int k = 1; k * f0Hz * 1.02 < 8_000; k++) {
                tone[n] += Math.pow(k, -1.5) * Math.sin(2 * Math.PI * k * cycles + phases[k]);
            }
            loudest = Math.max(loudest, Math.abs(tone[n]));
        }
        float[] audio = new float[rateHz];
        for (int n = 0; n < rateHz; n++) {
            double swell = swell(n / (0.06 * rateHz)) * swell((rateHz - n) / (0.06 * rateHz));
            audio[n] = (float) (Units.dbToGain(overDb) * swell * tone[n] / loudest);
        }
        return audio;
    }

    private static double swell(double share) {
        return share < 1 ? 0.5 - 0.5 * Math.cos(Math.PI * share) : 1;
    }

    private static double meanSquareDb(double[] audio, int from) {
        double sum = 0;
        for (int n = from; n < audio.length; n++) {
            sum += audio[n] * audio[n];
        }
        return 10 * Math.log10(sum / (audio.length - from));
    }

    private static float[] tone(float level, int frames) {
        float[] tone = new float[frames];
        for (int n = 0; n < frames; n++) {
            tone[n] = level * (float) Math.sin(0.05 * n + 0.3);
        }
        return tone;
    }
}
