package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loudness and true peak against the numbers of ITU-R BS.1770 and EBU Tech 3341. */
class LufsTest {
    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void aFullScaleSineInOneChannelIsThreeBelow(int rateHz) {
        float[] sine = sine(rateHz, 997, 0, 10);
        assertThat(Lufs.integrated(new float[][] {sine}, rateHz)).isCloseTo(-3.01, within(0.02));
        assertThat(Lufs.integrated(new float[][] {sine, new float[sine.length]}, rateHz)).isCloseTo(-3.01, within(0.02));
        assertThat(Lufs.ofBothSides(sine, rateHz)).isCloseTo(0, within(0.02));
    }

    @ParameterizedTest
    @CsvSource({"44100, 100", "44100, 4000", "96000, 50", "96000, 2000", "96000, 8000", "32000, 300", "16000, 997"})
    void theWeightingIsTheSameAtEveryRate(int rateHz, double hz) {
        double atStandardRate = Lufs.ofBothSides(sine(48_000, hz, -20, 3), 48_000);
        assertThat(Lufs.ofBothSides(sine(rateHz, hz, -20, 3), rateHz)).isCloseTo(atStandardRate, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({
            "'-23:20', -23",
            "'-33:20', -33",
            "'-36:10 -23:60 -36:10', -23",
            "'-72:10 -36:10 -23:60 -36:10 -72:10', -23",
            "'-26:20 -20:20.1 -26:20', -23",
    })
    void theProgrammesOfTech3341HaveTheirLoudness(String programme, double lufs) {
        assertThat(Lufs.ofBothSides(programme(programme), 48_000)).isCloseTo(lufs, within(0.1));
    }

    @Test
    void silenceAndSnippetsHaveNoLoudness() {
        assertThat(Lufs.ofBothSides(new float[48_000], 48_000)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Lufs.ofBothSides(sine(48_000, 997, 0, 0.39), 48_000)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Lufs.ofBothSides(new float[0], 48_000)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void channelsWithoutAWeightAreRefused() {
        assertThatThrownBy(() -> Lufs.integrated(new float[6][48_000], 48_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"4, 45", "4, 0", "6, 60", "8, 67.5"})
    void theTruePeakIsFoundBetweenTheSamples(int framesAPeriod, double phaseDegrees) {
        int rateHz = 48_000;
        float[] audio = new float[rateHz];
        for (int n = 0; n < audio.length; n++) {
            double fade = Math.min(1, Math.min(n, rateHz - n) / 2_400.0);
            audio[n] = (float) (0.5 * fade * Math.sin(2 * Math.PI * n / framesAPeriod + Math.toRadians(phaseDegrees)));
        }
        assertThat(TruePeak.dbtp(audio, rateHz)).isBetween(-6.02 - 0.4, -6.02 + 0.2);
    }

    @Test
    void theTruePeakOfSilenceIsNone() {
        assertThat(TruePeak.dbtp(new float[100], 48_000)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** Stretches of a 1 kHz sine, each LEVEL:SECONDS. */
    private static float[] programme(String stretches) {
        int frames = 0;
        float[] all = new float[48_000 * 120];
        for (String stretch : stretches.split(" ")) {
            String[] part = stretch.split(":");
            float[] sine = sine(48_000, 1_000, Double.parseDouble(part[0]), Double.parseDouble(part[1]));
            System.arraycopy(sine, 0, all, frames, sine.length);
            frames += sine.length;
        }
        return Arrays.copyOf(all, frames);
    }

    private static float[] sine(int rateHz, double hz, double peakDbfs, double seconds) {
        float[] sine = new float[(int) Math.round(seconds * rateHz)];
        for (int n = 0; n < sine.length; n++) {
            sine[n] = (float) (Units.dbToGain(peakDbfs) * Math.sin(2 * Math.PI * hz * n / rateHz));
        }
        return sine;
    }
}
