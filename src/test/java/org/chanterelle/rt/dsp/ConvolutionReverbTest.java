package org.chanterelle.rt.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.chanterelle.reference.ReferenceSynth;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionReverbTest {
    private static final int RATE_HZ = 48_000;

    @ParameterizedTest
    @CsvSource({"1, 64", "64, 64", "65, 64", "1000, 64", "255, 256", "256, 256", "257, 256", "4801, 256", "4801, 1024"})
    void equalsTheConvolution(int taps, int partition) {
        float[] impulse = noise(taps, 1);
        float[] sound = noise(6_000, 2);
        double[] expected = ReferenceSynth.reverb(toDouble(sound), impulse);
        float[] heard = inBlocks(new ConvolutionReverb(impulse, 1f, partition), sound, 256);
        assertThat(errorDb(heard, expected)).isLessThan(-110);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 1024, 6_000})
    void blockSizesDoNotMatter(int blockFrames) {
        float[] impulse = noise(3_000, 1);
        float[] sound = noise(6_000, 2);
        double[] expected = toDouble(inBlocks(new ConvolutionReverb(impulse), sound, 256));
        assertThat(errorDb(inBlocks(new ConvolutionReverb(impulse), sound, blockFrames), expected)).isLessThan(-120);
    }

    @Test
    void theFirstFrameIsHeardAtOnce() {
        ConvolutionReverb reverb = new ConvolutionReverb(new float[] {0.25f, 0f, 0.125f});
        float[] sound = {1f, 0f, 0f, 0f};
        reverb.process(sound, 0, sound, 0, 1);
        reverb.process(sound, 1, sound, 1, 3);
        assertThat(sound).containsExactly(1.25f, 0f, 0.125f, 0f);
    }

    @Test
    void aDrySignalCanBeLeftOut() {
        float[] sound = {1f, 0f, 0f};
        new ConvolutionReverb(new float[] {0f, 0.5f}, 0f, 64).process(sound, 0, sound, 0, 3);
        assertThat(sound).containsExactly(0f, 0.5f, 0f);
    }

    @Test
    void resetForgetsTheTail() {
        ConvolutionReverb reverb = new ConvolutionReverb(noise(3_000, 1));
        float[] first = inBlocks(reverb, noise(5_000, 2), 200);
        reverb.reset();
        assertThat(inBlocks(reverb, noise(5_000, 2), 200)).isEqualTo(first);
    }

    @Test
    void theTailIsWholeAndDiesAtTheRoomsRate() {
        double seconds = 0.8;
        float[] impulse = decaying(seconds);
        ConvolutionReverb reverb = new ConvolutionReverb(impulse);
        float[] sound = new float[impulse.length + 2_000];
        System.arraycopy(noise(1_000, 5), 0, sound, 0, 1_000);
        float[] heard = inBlocks(reverb, sound, 300);
        double[] expected = ReferenceSynth.reverb(toDouble(sound), impulse);
        assertThat(reverb.tailFrames()).isGreaterThanOrEqualTo(impulse.length);
        assertThat(errorDb(heard, expected)).isLessThan(-110);
        assertThat(decaySeconds(heard, 1_000)).isBetween(0.9 * seconds, 1.1 * seconds);
    }

    @Test
    void silenceIsExactAfterTheTailAndNeverDenormal() {
        ConvolutionReverb reverb = new ConvolutionReverb(decaying(0.2));
        float[] sound = new float[RATE_HZ];
        for (int n = 0; n < sound.length; n++) {
            // Dies away through the denormal numbers, as a recursive filter before the room would leave it.
            sound[n] = (float) (0.5 * Math.exp(-n / 200.0));
        }
        float[] heard = inBlocks(reverb, sound, 128);
        for (float value : heard) {
            assertThat(value == 0f || Math.abs(value) >= Float.MIN_NORMAL).isTrue();
        }
        assertThat(heard[RATE_HZ - 1]).isZero();
    }

    @Test
    void aNumberThatIsNotFiniteDoesNotEnterTheRoom() {
        ConvolutionReverb reverb = new ConvolutionReverb(noise(2_000, 1));
        float[] sound = noise(4_000, 2);
        sound[100] = Float.NaN;
        sound[200] = Float.POSITIVE_INFINITY;
        for (float value : inBlocks(reverb, sound, 64)) {
            assertThat(Float.isFinite(value)).isTrue();
        }
    }

    /** Noise that loses 60 dB in {@code seconds}, and goes on for half as long again. */
    private static float[] decaying(double seconds) {
        float[] impulse = noise((int) (1.5 * seconds * RATE_HZ), 9);
        for (int n = 0; n < impulse.length; n++) {
            impulse[n] *= (float) (0.1 * Units.dbToGain(-60 * n / (seconds * RATE_HZ)));
        }
        return impulse;
    }

    /** Time of 60 dB, from the backward integral's fall between -5 and -35 dB (ISO 3382). */
    private static double decaySeconds(float[] audio, int from) {
        double[] left = new double[audio.length + 1];
        for (int n = audio.length - 1; n >= 0; n--) {
            left[n] = left[n + 1] + (double) audio[n] * audio[n];
        }
        int high = from;
        while (10 * Math.log10(left[high] / left[from]) > -5) {
            high++;
        }
        int low = high;
        while (10 * Math.log10(left[low] / left[from]) > -35) {
            low++;
        }
        return 2.0 * (low - high) / RATE_HZ;
    }

    private static float[] inBlocks(ConvolutionReverb reverb, float[] sound, int blockFrames) {
        float[] out = new float[sound.length];
        for (int at = 0; at < sound.length; at += blockFrames) {
            reverb.process(sound, at, out, at, Math.min(blockFrames, sound.length - at));
        }
        return out;
    }

    private static float[] noise(int frames, long seed) {
        Random random = new Random(seed);
        float[] noise = new float[frames];
        for (int n = 0; n < frames; n++) {
            noise[n] = random.nextFloat() - 0.5f;
        }
        return noise;
    }

    private static double[] toDouble(float[] audio) {
        double[] copy = new double[audio.length];
        for (int n = 0; n < audio.length; n++) {
            copy[n] = audio[n];
        }
        return copy;
    }

    private static double errorDb(float[] heard, double[] expected) {
        double error = 0;
        double energy = 0;
        for (int n = 0; n < expected.length; n++) {
            error += (heard[n] - expected[n]) * (heard[n] - expected[n]);
            energy += expected[n] * expected[n];
        }
        return Units.gainToDb(Math.sqrt(error / energy));
    }
}
