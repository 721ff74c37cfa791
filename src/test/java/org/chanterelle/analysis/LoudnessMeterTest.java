package org.chanterelle.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoudnessMeterTest {
    @ParameterizedTest
    @CsvSource({"31.5,-39.4", "100,-19.1", "500,-3.2", "1000,0", "2000,1.2", "4000,1.0", "8000,-1.1", "16000,-6.6"})
    void weighsAsTheStandardsTable(double hz, double db) {
        assertThat(LoudnessMeter.aWeightingDb(8 * hz, 8)[1]).isCloseTo(db, within(0.15));
    }

    @Test
    void weightsAreFlooredAtMinus80() {
        assertThat(LoudnessMeter.aWeightingDb(16000, 512)[0]).isEqualTo(-80.0);
    }

    @ParameterizedTest
    @EnumSource(LoudnessDefinition.class)
    void agreesWithThePublishedFormulaInDoublePrecision(LoudnessDefinition definition) {
        float[] samples = Sounds.mix(Sounds.white(-30, 0.02, 16000, 3), Sounds.sine(440, 0.3, 0.02, 16000));
        int window = 256;
        LoudnessMeter meter = LoudnessMeter.published(definition, 16000, window);
        assertThat((double) meter.loudness(samples, 5)).isCloseTo(reference(definition, samples, 5, window), within(1e-3));
    }

    @Test
    void aWholeClipIsMeasuredInWindowsCentredOnTheHops() {
        float[] clip = Sounds.white(-20, 0.5, 16000, 4);
        LoudnessMeter meter = LoudnessMeter.published(LoudnessDefinition.MAGENTA, 16000, 512);
        float[] values = meter.measure(clip, 64);
        assertThat(values).hasSize(1 + 8000 / 64);
        assertThat(values[50]).isEqualTo(meter.loudness(clip, 50 * 64 - 256));
    }

    @Test
    void torchcrepesRangeCountsFromTheLoudestBinOfTheClip() {
        float[] quiet = Sounds.white(-110, 0.1, 16000, 5);
        LoudnessMeter meter = LoudnessMeter.published(LoudnessDefinition.TORCHCREPE, 16000, 1024);
        float alone = meter.measure(Sounds.join(quiet, quiet, quiet), 160)[5];
        float besideLoud = meter.measure(Sounds.join(quiet, quiet, Sounds.sine(1000, 1, 0.1, 16000)), 160)[5];
        assertThat(besideLoud).isGreaterThan(alone + 1);
        assertThat(meter.measure(Sounds.join(quiet, quiet, quiet), 160)[5]).isEqualTo(alone);
    }

    @Test
    void aFullScaleSineReadsNearly20AndSilenceTheFloor() {
        LoudnessMeter meter = LoudnessMeter.rateIndependent(48000, 1024, 8000);
        assertThat(meter.loudness(Sounds.sine(1000, 1, 0.1, 48000), 100)).isCloseTo(19.8f, within(0.1f));
        assertThat(meter.loudness(new float[1024], 0)).isEqualTo(LoudnessMeter.MAGENTA_FLOOR_DB);
    }

    @ParameterizedTest
    @CsvSource({"48000,1024", "48000,2048", "44100,1024", "96000,2048"})
    void theRateIndependentMeterReadsWhatThePublishedOneReadsAt16kHz(double rateHz, int window) {
        LoudnessMeter published = LoudnessMeter.published(LoudnessDefinition.MAGENTA, 16000, 512);
        LoudnessMeter ours = LoudnessMeter.rateIndependent(rateHz, window, 8000);
        for (double hz : new double[] {150, 440, 1760, 3520}) {
            double[] harmonics = Sounds.bright((int) (7000 / hz), 0.2);
            float expected = published.loudness(Sounds.tone(t -> hz, harmonics, 0.2, 16000), 1000);
            float read = ours.loudness(Sounds.tone(t -> hz, harmonics, 0.2, rateHz), 1000);
            assertThat(read).as("%s Hz", hz).isCloseTo(expected, within(0.5f));
        }
    }

    @Test
    void whatLiesAbove8kHzDoesNotCount() {
        LoudnessMeter meter = LoudnessMeter.rateIndependent(48000, 1024, 8000);
        assertThat(meter.loudness(Sounds.sine(12000, 1, 0.1, 48000), 0)).isLessThan(-60f);
    }

    private static double reference(LoudnessDefinition definition, float[] samples, int offset, int window) {
        double[] weights = LoudnessMeter.aWeightingDb(16000, window);
        double sum = 0;
        for (int k = 0; k <= window / 2; k++) {
            double re = 0;
            double im = 0;
            for (int n = 0; n < window; n++) {
                double x = samples[offset + n] * (0.5 - 0.5 * Math.cos(2 * Math.PI * n / window));
                re += x * Math.cos(2 * Math.PI * k * n / window);
                im -= x * Math.sin(2 * Math.PI * k * n / window);
            }
            double power = re * re + im * im;
            sum += switch (definition) {
                case MAGENTA -> power * Math.pow(10, weights[k] / 10);
                case ACIDS -> Math.log(Math.sqrt(power) + 1e-7) + weights[k];
                case TORCHCREPE -> Math.max(-100, 10 * Math.log10(power) + weights[k] - 20);
            };
        }
        double mean = sum / (window / 2 + 1);
        return definition == LoudnessDefinition.MAGENTA ? 10 * Math.log10(mean) : mean;
    }
}
