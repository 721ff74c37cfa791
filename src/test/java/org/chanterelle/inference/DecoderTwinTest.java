package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.model.timbre.TimbreDecoder;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;
import org.junit.jupiter.api.Test;

/** The live decoder against the network that was trained. */
final class DecoderTwinTest {
    private static final int FRAMES = 120;
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

    @Test
    void oneFrameStepsEqualOneCallOfTheTrainedNetwork() {
        for (TimbreConfig.Skip skip : TimbreConfig.Skip.values()) {
            assertTwins(new TimbreConfig(96, 60, 65, 16000, 250, 0, 0, -5f, skip));
        }
    }

    @Test
    void theFullSizeAgreesToo() {
        assertTwins(new TimbreConfig(512, 100, 65, 16000, 250, 0, 0, -5f, TimbreConfig.Skip.FEATURES));
    }

    private static void assertTwins(TimbreConfig config) {
        Map<String, Tensor> weights = TestModels.weights(config, 11);
        VectorTimbreDecoder live = new VectorTimbreDecoder(new DecoderWeights(config, TestModels.NORMALISATION, weights));
        SynthControls out = live.newControls();
        AudioFeatures in = new AudioFeatures();
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreDecoder.Controls controls = trained(manager, config, weights);
            float[] amplitude = controls.amplitude().toFloatArray();
            float[] harmonics = controls.harmonicDistribution().toFloatArray();
            float[] noise = controls.noiseMagnitudes().toFloatArray();
            for (int i = 0; i < FRAMES; i++) {
                in.f0Hz = f0Hz(i);
                in.loudnessDb = loudnessDb(i);
                live.step(in, out);
                assertThat(out.amplitude).isCloseTo(amplitude[i], TOLERANCE);
                assertClose(out.harmonicDistribution, harmonics, i);
                assertClose(out.noiseMagnitudes, noise, i);
            }
        }
    }

    private static void assertClose(float[] found, float[] expected, int frame) {
        for (int k = 0; k < found.length; k++) {
            assertThat(found[k]).isCloseTo(expected[frame * found.length + k], TOLERANCE);
        }
    }

    private static TimbreDecoder.Controls trained(NDManager manager, TimbreConfig config, Map<String, Tensor> weights) {
        Map<String, NDArray> arrays = new HashMap<>();
        weights.forEach((name, tensor) -> {
            long[] shape = java.util.Arrays.stream(tensor.shape()).asLongStream().toArray();
            arrays.put(name, manager.create(tensor.values(), new Shape(shape)));
        });
        float[] f0 = new float[FRAMES];
        float[] pitch = new float[FRAMES];
        float[] loudness = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            f0[i] = f0Hz(i);
            pitch[i] = Normalisation.pitchInput(f0[i]);
            loudness[i] = TestModels.NORMALISATION.loudnessInput(loudnessDb(i));
        }
        Shape shape = new Shape(1, FRAMES, 1);
        return new TimbreDecoder(config, arrays)
                .forward(manager.create(f0, shape), manager.create(pitch, shape), manager.create(loudness, shape), null);
    }

    private static float f0Hz(int frame) {
        return (float) (440 * Math.pow(2, 1.5 * Math.sin(frame * 0.05)));
    }

    /** Inside the clamp: the gain beyond it is not the network's. */
    private static float loudnessDb(int frame) {
        return (float) (-9 + 14 * Math.sin(frame * 0.11));
    }
}
