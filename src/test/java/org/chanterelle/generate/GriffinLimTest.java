package org.chanterelle.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.chanterelle.analysis.spectrum.MelInverse;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.evaluate.ConstantQ;
import org.junit.jupiter.api.Test;

class GriffinLimTest {
    private static final int RATE_HZ = MelSpectrum.SAMPLE_RATE_HZ;

    private static float[] tone(double hz, double amplitude, int frames) {
        float[] x = new float[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
        }
        return x;
    }

    private static double rms(float[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) x[i] * x[i] / (to - from);
        }
        return Math.sqrt(sum);
    }

    @Test
    void aToneComesBackAtItsPitchAndLevel() {
        float[] tone = tone(440, 0.4, 2 * RATE_HZ);
        float[][] mel = new MelSpectrum().of(tone);
        float[] sound = new GriffinLim().of(mel);
        assertThat(sound).hasSize(mel.length * MelSpectrum.HOP_FRAMES);
        assertThat(20 * Math.log10(rms(sound, 4000, 28_000) / rms(tone, 4000, 28_000))).isCloseTo(0, within(2.0));
        double[] spectrum = new ConstantQ().magnitudes(sound)[30];
        int loudest = 0;
        for (int k = 0; k < spectrum.length; k++) {
            loudest = spectrum[k] > spectrum[loudest] ? k : loudest;
        }
        assertThat(loudest).as("semitones above C1").isEqualTo(69 - 24);
    }

    @Test
    void aLongToneHasNoSeam() {
        // Twelve seconds: two stretches of the retrieval.
        float[] sound = new GriffinLim(5).of(new MelSpectrum().of(tone(440, 0.4, 12 * RATE_HZ)));
        double whole = rms(sound, RATE_HZ, 11 * RATE_HZ);
        for (int at = RATE_HZ; at < 11 * RATE_HZ; at += 800) {
            assertThat(20 * Math.log10(rms(sound, at, at + 800) / whole)).as("level at frame %d", at).isBetween(-1.5, 1.5);
        }
        // A seam would be a step that no sine of this level has.
        float steepest = 0;
        for (int i = RATE_HZ; i < 11 * RATE_HZ; i++) {
            steepest = Math.max(steepest, Math.abs(sound[i] - sound[i - 1]));
        }
        assertThat(steepest).isLessThan((float) (1.5 * 1.41 * whole * 2 * Math.PI * 440 / RATE_HZ));
    }

    @Test
    void theSameSpectrogramGivesTheSameBytes() {
        float[][] mel = new MelSpectrum().of(tone(200, 0.3, 5000));
        GriffinLim used = new GriffinLim(8);
        used.of(mel);
        assertThat(used.of(mel)).containsExactly(new GriffinLim(8).of(mel));
    }

    @Test
    void silenceAndNothingStaySo() {
        float[][] silence = new float[20][MelSpectrum.BANDS];
        for (float[] row : silence) {
            Arrays.fill(row, MelSpectrum.FLOOR);
        }
        for (float v : new GriffinLim().of(silence)) {
            assertThat(Math.abs(v)).isLessThan(1e-4f);
        }
        assertThat(new GriffinLim().of(new float[0][])).isEmpty();
    }

    @Test
    void invertedBandsHaveTheirSums() {
        float[] mel = new MelSpectrum().of(tone(700, 0.5, 4000))[10];
        MelInverse inverse = new MelInverse(MelSpectrum.bands(), 200);
        float[] magnitudes = new float[inverse.bins()];
        inverse.apply(mel, magnitudes);
        double[] again = new double[MelSpectrum.BANDS];
        new org.chanterelle.analysis.spectrum.MelFilterbank(MelSpectrum.bands()).apply(magnitudes, again);
        for (int band = 0; band < again.length; band++) {
            assertThat(Math.log(again[band])).as("band %d", band).isCloseTo(mel[band], within(0.1));
        }
        for (float m : magnitudes) {
            assertThat(m).isNotNegative();
        }
    }
}
