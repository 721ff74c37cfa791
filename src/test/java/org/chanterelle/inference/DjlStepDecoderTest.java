package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.AudioFeatures;
import org.chanterelle.signal.SynthControls;
import org.junit.jupiter.api.Test;

/** The batch on DJL, here on the CPU, against the Vector decoder. */
final class DjlStepDecoderTest {
    private static final int VOICES = 7;
    private static final int STEPS = 300;
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

    private final AudioFeatures[] in = new AudioFeatures[VOICES];
    private final SynthControls[] out = new SynthControls[VOICES];
    private final SynthControls[] expected = new SynthControls[VOICES];
    private final int[] voices = new int[VOICES];

    @Test
    void voicesThatComeAndGoSoundAsOnTheVectorDecoder() {
        for (TimbreConfig.Skip skip : TimbreConfig.Skip.values()) {
            TimbreConfig config = new TimbreConfig(96, 60, 65, 16000, 250, 0, 0, -5f, skip);
            Map<String, Tensor> weights = TestModels.weights(config, 7);
            assertSame(DjlNetwork.onCpu(config, TestModels.NORMALISATION, weights).decoder(VOICES),
                    new DecoderWeights(config, TestModels.NORMALISATION, weights).decoder(VOICES));
        }
    }

    @Test
    void leavesNoArraysBehind() {
        TimbreConfig config = TestModels.smallConfig();
        DjlNetwork network = DjlNetwork.onCpu(config, TestModels.NORMALISATION, TestModels.weights(config, 1));
        StepDecoder decoder = network.decoder(VOICES);
        prepare(decoder);
        decoder.step(choose(new Random(1)), voices, in, out);
        int before = ((BaseNDManager) network.manager).getManagedArrays().size();
        for (int i = 0; i < 50; i++) {
            decoder.step(choose(new Random(i)), voices, in, out);
        }
        assertThat(((BaseNDManager) network.manager).getManagedArrays()).hasSize(before);
    }

    private void assertSame(StepDecoder djl, StepDecoder vector) {
        prepare(vector);
        Random random = new Random(3);
        float[] state = new float[vector.stateSize()];
        for (int step = 0; step < STEPS; step++) {
            int count = choose(random);
            vector.step(count, voices, in, expected);
            djl.step(count, voices, in, out);
            for (int i = 0; i < count; i++) {
                assertClose(out[voices[i]], expected[voices[i]]);
            }
            if (step % 20 == 0) {
                // A new note takes the place of another.
                int from = random.nextInt(VOICES);
                int to = random.nextInt(VOICES);
                vector.saveState(from, state);
                vector.loadState(to, state);
                djl.saveState(from, state);
                djl.loadState(to, state);
            }
        }
    }

    private void prepare(StepDecoder decoder) {
        for (int voice = 0; voice < VOICES; voice++) {
            in[voice] = new AudioFeatures();
            out[voice] = decoder.newControls();
            expected[voice] = decoder.newControls();
        }
    }

    /** Some of the voices, in any order, each with a pitch and a loudness of its own. */
    private int choose(Random random) {
        int count = 0;
        int first = random.nextInt(VOICES);
        for (int i = 0; i < VOICES; i++) {
            int voice = (first + i) % VOICES;
            if (random.nextBoolean()) {
                voices[count++] = voice;
                in[voice].f0Hz = (float) (200 * Math.pow(2, 3 * random.nextDouble()));
                in[voice].loudnessDb = -30 + 36 * random.nextFloat();
            }
        }
        return count;
    }

    private static void assertClose(SynthControls found, SynthControls expected) {
        assertThat(found.f0Hz).isEqualTo(expected.f0Hz);
        assertThat(found.amplitude).isCloseTo(expected.amplitude, TOLERANCE);
        assertThat(found.harmonicDistribution).containsExactly(expected.harmonicDistribution, TOLERANCE);
        assertThat(found.noiseMagnitudes).containsExactly(expected.noiseMagnitudes, TOLERANCE);
    }
}
