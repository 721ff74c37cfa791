package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;
import org.junit.jupiter.api.Test;

final class VectorTimbreDecoderTest {
    private static final Offset<Double> TOLERANCE = Offset.offset(1e-5);

    @Test
    void followsTheEquationsOverManySteps() {
        for (TimbreConfig.Skip skip : TimbreConfig.Skip.values()) {
            for (int units : new int[] {32, 50, 128}) {
                TimbreConfig config = new TimbreConfig(units, 60, 33, 16000, 250, 0, 0, -5f, skip);
                assertFollows(config, TestModels.weights(config, units));
            }
        }
    }

    @Test
    void followsTheEquationsWithFloat16Weights() {
        TimbreConfig config = TestModels.smallConfig();
        Map<String, Tensor> halves = new LinkedHashMap<>();
        TestModels.weights(config, 5).forEach((name, tensor) -> halves.put(name, half(tensor)));
        assertFollows(config, halves);
    }

    @Test
    void beginsAnewAfterReset() {
        VectorTimbreDecoder decoder = decoder();
        SynthControls first = decoder.newControls();
        SynthControls again = decoder.newControls();
        decoder.step(features(0), first);
        for (int i = 1; i < 20; i++) {
            decoder.step(features(i), again);
        }
        decoder.reset();
        decoder.step(features(0), again);
        assertThat(again.amplitude).isEqualTo(first.amplitude);
        assertThat(again.harmonicDistribution).isEqualTo(first.harmonicDistribution);
        assertThat(again.noiseMagnitudes).isEqualTo(first.noiseMagnitudes);
    }

    @Test
    void loudnessBeyondTheTrainingSetIsPlainGain() {
        float high = TestModels.NORMALISATION.loudnessHighDb();
        SynthControls atTheEdge = first(440f, high);
        SynthControls beyond = first(440f, high + 6.0206f);
        assertThat(beyond.amplitude).isCloseTo(2 * atTheEdge.amplitude, Offset.offset(1e-4f));
        assertThat(beyond.harmonicDistribution).isEqualTo(atTheEdge.harmonicDistribution);
        assertThat(beyond.noiseMagnitudes[3]).isCloseTo(2 * atTheEdge.noiseMagnitudes[3], Offset.offset(1e-4f));
    }

    @Test
    void isSilentAboveNyquist() {
        SynthControls controls = first(1000f, -20f);
        for (int k = 0; k < controls.harmonicDistribution.length; k++) {
            assertThat(controls.harmonicDistribution[k] > 0).isEqualTo(1000 * (k + 1) < 8000);
        }
        assertThat(first(9000f, -20f).harmonicDistribution).containsOnly(0f);
    }

    @Test
    void allocatesNothingOnceCompiled() {
        VectorTimbreDecoder decoder = decoder();
        SynthControls out = decoder.newControls();
        AudioFeatures in = features(3);
        // Compilation happens beside the steps, so wait for it by batches rather than by a count.
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 200 && least > 0; batch++) {
            least = Math.min(least, allocated(() -> steps(decoder, in, out)));
        }
        assertThat(least).isZero();
        assertThat(allocated(() -> features(4))).as("the probe sees an allocation").isPositive();
    }

    private static void steps(VectorTimbreDecoder decoder, AudioFeatures in, SynthControls out) {
        for (int i = 0; i < 1000; i++) {
            decoder.step(in, out);
        }
    }

    private static long allocated(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void assertFollows(TimbreConfig config, Map<String, Tensor> weights) {
        VectorTimbreDecoder decoder = new VectorTimbreDecoder(new DecoderWeights(config, TestModels.NORMALISATION, weights));
        ReferenceDecoder reference = new ReferenceDecoder(config, TestModels.NORMALISATION, weights);
        SynthControls out = decoder.newControls();
        for (int i = 0; i < 200; i++) {
            AudioFeatures in = features(i);
            decoder.step(in, out);
            ReferenceDecoder.Output expected = reference.step(in.f0Hz, in.loudnessDb);
            assertThat((double) out.amplitude).isCloseTo(expected.amplitude(), TOLERANCE);
            for (int k = 0; k < config.harmonics(); k++) {
                assertThat((double) out.harmonicDistribution[k]).isCloseTo(expected.distribution()[k], TOLERANCE);
            }
            for (int band = 0; band < config.noiseBands(); band++) {
                assertThat((double) out.noiseMagnitudes[band]).isCloseTo(expected.noise()[band], TOLERANCE);
            }
        }
    }

    private static VectorTimbreDecoder decoder() {
        TimbreConfig config = TestModels.smallConfig();
        return new VectorTimbreDecoder(new DecoderWeights(config, TestModels.NORMALISATION, TestModels.weights(config, 1)));
    }

    private static SynthControls first(float f0Hz, float loudnessDb) {
        VectorTimbreDecoder decoder = decoder();
        SynthControls out = decoder.newControls();
        AudioFeatures in = new AudioFeatures();
        in.f0Hz = f0Hz;
        in.loudnessDb = loudnessDb;
        decoder.step(in, out);
        return out;
    }

    /** A gliding pitch under a swelling loudness that leaves the clamp at both ends. */
    private static AudioFeatures features(int frame) {
        AudioFeatures in = new AudioFeatures();
        in.f0Hz = (float) (440 * Math.pow(2, Math.sin(frame * 0.05) * 1.5));
        in.loudnessDb = (float) (-9 + 26 * Math.sin(frame * 0.11));
        return in;
    }

    private static Tensor half(Tensor tensor) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        return new Tensor(tensor.shape(), values);
    }
}
