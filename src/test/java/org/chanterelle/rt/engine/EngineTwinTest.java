package org.chanterelle.rt.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.chanterelle.reference.ReferenceSynth;
import org.chanterelle.reference.Scores;
import org.chanterelle.rt.dsp.NoiseSource;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The streaming engine against the double-precision reference, aligned by the declared latency. */
class EngineTwinTest {
    private static final int FRAMES = 80;
    private static final int HARMONICS = 100;
    private static final int BANDS = 65;

    static Stream<Arguments> rates() {
        return Stream.of(
                Arguments.of(16000, 16000, 200),
                Arguments.of(16000, 44100, 250),
                Arguments.of(16000, 48000, 200),
                Arguments.of(16000, 96000, 250),
                Arguments.of(16000, 48000, 441),
                Arguments.of(44100, 44100, 200),
                Arguments.of(48000, 44100, 250));
    }

    @ParameterizedTest
    @MethodSource("rates")
    void harmonicsEqualTheReference(double modelHz, double deviceHz, double controlHz) {
        for (Scores score : scores()) {
            ReferenceSynth reference = ReferenceSynth.of(modelHz, deviceHz, controlHz);
            double[] expected = reference.harmonics(score.f0Hz(), score.amplitudes());
            Scores tone = new Scores(score.f0Hz(), score.amplitudes(), new float[FRAMES][BANDS]);
            float[] heard = play(tone, modelHz, deviceHz, controlHz, new float[1], 256);
            assertThat(errorDb(heard, expected)).isLessThan(-90);
        }
    }

    @ParameterizedTest
    @MethodSource("rates")
    void asTrainedItEqualsTheDifferentiableSynthesisersLaw(double modelHz, double deviceHz, double controlHz) {
        double limitHz = Math.min(modelHz, deviceHz) / 2;
        ReferenceSynth reference = new ReferenceSynth(modelHz, deviceHz, controlHz, limitHz - 1e-6, limitHz);
        for (Scores score : scores()) {
            double[] expected = reference.harmonics(score.f0Hz(), score.amplitudes());
            Scores tone = new Scores(score.f0Hz(), score.amplitudes(), new float[FRAMES][BANDS]);
            float[] heard = play(tone, modelHz, deviceHz, controlHz, new float[1], 256, GlideLaw.AS_TRAINED);
            assertThat(errorDb(heard, expected)).isLessThan(-80);
        }
    }

    @ParameterizedTest
    @MethodSource("rates")
    void noiseEqualsTheReference(double modelHz, double deviceHz, double controlHz) {
        for (Scores score : scores()) {
            ReferenceSynth reference = ReferenceSynth.of(modelHz, deviceHz, controlHz);
            float[] white = white(reference.frameOf(FRAMES + 2));
            double[] expected = reference.noise(score.magnitudes(), white);
            Scores hiss = new Scores(score.f0Hz(), new float[FRAMES][HARMONICS], score.magnitudes());
            float[] heard = play(hiss, modelHz, deviceHz, controlHz, white, 256);
            assertThat(errorDb(heard, expected)).isLessThan(-110);
        }
    }

    @Test
    void theSameComesOutForEveryBlockSize() {
        ReferenceSynth reference = ReferenceSynth.of(16000, 44100, 250);
        float[] white = white(reference.frameOf(FRAMES + 2));
        for (Scores score : scores()) {
            float[] whole = play(score, 16000, 44100, 250, white, 1 << 20);
            for (int block : new int[] {1, 63, 64, 256, 1024}) {
                assertThat(play(score, 16000, 44100, 250, white, block)).isEqualTo(whole);
            }
        }
    }

    private static Scores[] scores() {
        return new Scores[] {
                Scores.glide(FRAMES, HARMONICS, BANDS), Scores.steps(FRAMES, HARMONICS, BANDS),
                Scores.silences(FRAMES, HARMONICS, BANDS), Scores.crossings(FRAMES, HARMONICS, BANDS)
        };
    }

    private static float[] play(
            Scores score, double modelHz, double deviceHz, double controlHz, float[] white, int blockFrames) {
        return play(score, modelHz, deviceHz, controlHz, white, blockFrames, GlideLaw.CLEAN);
    }

    /** The engine's output, its latency removed. */
    private static float[] play(
            Scores score,
            double modelHz,
            double deviceHz,
            double controlHz,
            float[] white,
            int blockFrames,
            GlideLaw law) {
        HarmonicNoiseConfig config = new HarmonicNoiseConfig(HARMONICS, BANDS, modelHz, controlHz, 1);
        HarmonicNoiseEngine engine = new HarmonicNoiseEngine(config, new Tape(white), law);
        engine.prepare(deviceHz, Math.min(blockFrames, 4096));
        SynthControls controls = new SynthControls(HARMONICS, BANDS);
        int latency = engine.latencyFrames();
        float[] out = new float[latency + (int) Math.round(FRAMES * deviceHz / controlHz)];
        int pushed = 0;
        int done = 0;
        while (done < out.length) {
            if (engine.framesToNextControl() == 0) {
                fill(controls, score, Math.min(pushed, FRAMES - 1), pushed >= FRAMES);
                engine.push(controls);
                pushed++;
            }
            int inBlock = blockFrames - done % blockFrames;
            int count = Math.min(Math.min(inBlock, out.length - done), engine.framesToNextControl());
            engine.render(out, done, count);
            done += count;
        }
        return Arrays.copyOfRange(out, latency, out.length);
    }

    private static void fill(SynthControls controls, Scores score, int i, boolean noiseEnded) {
        controls.f0Hz = score.f0Hz()[i];
        controls.amplitude = 1;
        System.arraycopy(score.amplitudes()[i], 0, controls.harmonicDistribution, 0, HARMONICS);
        System.arraycopy(score.magnitudes()[i], 0, controls.noiseMagnitudes, 0, BANDS);
        if (noiseEnded) {
            Arrays.fill(controls.noiseMagnitudes, 0f);
        }
    }

    private static double errorDb(float[] heard, double[] expected) {
        assertThat(heard).hasSameSizeAs(expected);
        double error = 0;
        double energy = 0;
        for (int n = 0; n < expected.length; n++) {
            error += (heard[n] - expected[n]) * (heard[n] - expected[n]);
            energy += expected[n] * expected[n];
        }
        assertThat(energy).isPositive();
        return Units.gainToDb(Math.sqrt(error / energy));
    }

    private static float[] white(int frames) {
        Random random = new Random(3);
        float[] white = new float[frames];
        for (int n = 0; n < frames; n++) {
            white[n] = random.nextFloat() * 2 - 1;
        }
        return white;
    }

    /** Given noise, then silence. */
    private static final class Tape implements NoiseSource {
        private final float[] values;
        private int at;

        Tape(float[] values) {
            this.values = values;
        }

        @Override
        public void fill(float[] out, int offset, int frames) {
            for (int i = 0; i < frames; i++, at++) {
                out[offset + i] = at < values.length ? values[at] : 0f;
            }
        }

        @Override
        public void reset() {
            at = 0;
        }
    }
}
