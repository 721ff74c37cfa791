package org.chanterelle.ddsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.chanterelle.reference.ReferenceSynth;
import org.chanterelle.reference.Scores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The differentiable synthesiser against the double-precision reference. */
class SynthesisTwinTest {
    private static final int FRAMES = 80;
    private static final int HARMONICS = 100;
    private static final int BANDS = 65;
    private static final int RATE = 16000;
    private static final int HOP = 80;

    private final NDManager manager = NDManager.newBaseManager();
    private final ReferenceSynth reference = new ReferenceSynth(RATE, RATE, (double) RATE / HOP, RATE / 2.0 - 1e-9, RATE / 2.0);

    @AfterEach
    void close() {
        manager.close();
    }

    private static List<Scores> scores() {
        return List.of(
                Scores.glide(FRAMES, HARMONICS, BANDS),
                Scores.steps(FRAMES, HARMONICS, BANDS),
                Scores.silences(FRAMES, HARMONICS, BANDS),
                Scores.crossings(FRAMES, HARMONICS, BANDS));
    }

    private NDArray batch(float[][] rows) {
        return manager.create(rows).expandDims(0);
    }

    private NDArray masked(Scores score) {
        NDArray f0Hz = manager.create(score.f0Hz(), new Shape(1, FRAMES, 1));
        return NyquistMask.ZERO.apply(f0Hz, batch(score.amplitudes()), RATE);
    }

    private static float[] white(int length) {
        Random random = new Random(3);
        float[] white = new float[length];
        for (int n = 0; n < length; n++) {
            white[n] = 2 * random.nextFloat() - 1;
        }
        return white;
    }

    private static double errorDb(float[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double error = 0;
        double signal = 0;
        for (int n = 0; n < expected.length; n++) {
            error += (actual[n] - expected[n]) * (actual[n] - expected[n]);
            signal += expected[n] * expected[n];
        }
        return 10 * Math.log10(error / signal);
    }

    @Test
    void harmonicsEqualTheReference() {
        HarmonicSynth synth = new HarmonicSynth(RATE, HOP, HARMONICS, Upsampling.LINEAR_HELD);
        for (Scores score : scores()) {
            float[] audio = synth.render(new float[][] {score.f0Hz()}, masked(score)).toFloatArray();
            assertThat(errorDb(audio, reference.harmonics(score.f0Hz(), score.amplitudes()))).isLessThan(-90);
        }
    }

    @Test
    void theSumOfHarmonicsEqualsTheReference() {
        HarmonicSum sum = new HarmonicSum(RATE, HOP, HARMONICS);
        for (Scores score : scores()) {
            float[][] f0Hz = {score.f0Hz(), score.f0Hz()};
            float[] once = masked(score).toFloatArray();
            float[] twice = Arrays.copyOf(once, 2 * once.length);
            System.arraycopy(once, 0, twice, once.length, once.length);
            float[] audio = sum.forward(f0Hz, twice);
            double[] expected = reference.harmonics(score.f0Hz(), score.amplitudes());
            assertThat(errorDb(Arrays.copyOf(audio, FRAMES * HOP), expected)).isLessThan(-90);
            assertThat(errorDb(Arrays.copyOfRange(audio, FRAMES * HOP, audio.length), expected)).isLessThan(-90);
        }
    }

    /** The sum is linear in the amplitudes, so its gradient is its transpose. */
    @Test
    void theSumsGradientIsItsTranspose() {
        HarmonicSum sum = new HarmonicSum(RATE, 90, HARMONICS);
        for (Scores score : scores()) {
            float[][] f0Hz = {score.f0Hz()};
            float[] amplitudes = white(FRAMES * HARMONICS);
            float[] direction = white(FRAMES * 90);
            assertThat(product(sum.forward(f0Hz, amplitudes), direction))
                    .isCloseTo(product(amplitudes, sum.backward(f0Hz, direction)), within(0.02));
        }
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * (double) b[i];
        }
        return sum;
    }

    @Test
    void crossFadingTheEndsEqualsUpsamplingTheAmplitudes() {
        HarmonicSynth synth = new HarmonicSynth(RATE, HOP, HARMONICS, Upsampling.LINEAR_HELD);
        HarmonicSynth atAudioRate = new HarmonicSynth(RATE, 1, HARMONICS, Upsampling.LINEAR_HELD);
        Scores score = Scores.steps(FRAMES, HARMONICS, BANDS);
        float[] audio = synth.render(new float[][] {score.f0Hz()}, masked(score)).toFloatArray();
        NDArray amplitudes = Upsampling.LINEAR_HELD.apply(masked(score), HOP);
        NDArray f0Hz = Upsampling.LINEAR_HELD.apply(manager.create(score.f0Hz(), new Shape(1, FRAMES, 1)), HOP);
        float[] other = atAudioRate.render(new float[][] {f0Hz.toFloatArray()}, amplitudes).toFloatArray();
        double[] expected = new double[other.length];
        for (int n = 0; n < other.length; n++) {
            expected[n] = other[n];
        }
        // f0 rounded to float at audio rate drifts in phase, hence the wider bound.
        assertThat(errorDb(audio, expected)).isLessThan(-60);
    }

    @Test
    void noiseEqualsTheReference() {
        FilteredNoise noise = new FilteredNoise(HOP, FilteredNoise.Overlap.ADDED);
        float[] white = white(FRAMES * HOP);
        NDArray source = manager.create(white, new Shape(1, white.length));
        for (Scores score : scores()) {
            float[] audio = noise.filter(batch(score.magnitudes()), source).toFloatArray();
            assertThat(errorDb(audio, reference.noise(score.magnitudes(), white))).isLessThan(-100);
        }
    }

    @Test
    void theRoomEqualsTheReference() {
        float[] dry = white(4000);
        float[] response = new float[700];
        System.arraycopy(white(700), 0, response, 0, 700);
        NDArray wet = LearnedReverb.apply(
                manager.create(dry, new Shape(1, dry.length)), manager.create(response, new Shape(1, response.length)));
        double[] exact = new double[dry.length];
        for (int n = 0; n < dry.length; n++) {
            exact[n] = dry[n];
        }
        assertThat(errorDb(wet.toFloatArray(), ReferenceSynth.reverb(exact, response))).isLessThan(-100);
    }

    @Test
    void aClapInTheRoomIsTheResponse() {
        LearnedReverb reverb = new LearnedReverb(RATE, 4.0);
        NDArray parameters = manager.randomNormal(new Shape(2, 1000));
        float[] responses = reverb.impulseResponses(parameters).toFloatArray();
        float[] raw = parameters.toFloatArray();
        assertThat(responses[0]).isZero();
        assertThat(responses[1000]).isZero();
        for (int n = 1; n < 1000; n++) {
            double expected = Math.tanh(raw[n]) * Math.exp(-4.0 * n / RATE);
            assertThat((double) responses[n]).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-6));
        }
    }
}
