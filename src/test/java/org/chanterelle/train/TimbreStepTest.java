package org.chanterelle.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.ddsp.SpectralLoss;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.model.timbre.TimbreSynthesis;
import org.chanterelle.signal.FeatureTrack;
import org.junit.jupiter.api.Test;

class TimbreStepTest {
    private static final int FRAMES = 60;
    private static final int HOP = 80;
    private static final int[] WINDOWS = SpectralLoss.course().windows();
    private static final TimbreConfig CONFIG = new TimbreConfig(8, 10, 9, 16000, 200, 400, 1, 0f, TimbreConfig.Skip.FEATURES);
    private static final Normalisation NORMALISATION = new Normalisation(-20f, 5f, -40f, -10f, -21f, 0f);

    /** A tone over noise: where both sounds are all but empty, the loss's logarithm sees nothing but rounding. */
    private static TimbreClip[] tone() {
        float[] f0Hz = new float[FRAMES];
        Arrays.fill(f0Hz, 300f);
        float[] loudnessDb = new float[FRAMES];
        float[] ones = new float[FRAMES];
        float[] audio = new float[FRAMES * HOP];
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < FRAMES; i++) {
            loudnessDb[i] = -20f + i * 0.1f;
            ones[i] = 1f;
        }
        for (int n = 0; n < audio.length; n++) {
            audio[n] = (float) (0.2 * Math.sin(2 * Math.PI * 300 * n / 16000) + 0.1 * Math.sin(2 * Math.PI * 600 * n / 16000)
                    + random.nextDouble(-0.05, 0.05));
        }
        FeatureTrack features = new FeatureTrack(200, f0Hz, loudnessDb, ones, new boolean[FRAMES]);
        return new TimbreClip[] {new TimbreClip("tone", audio, features, ones, 0, 1.0, 1.0)};
    }

    @Test
    void theGradientEqualsFiniteDifferencesAlongItself() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep step = new TimbreStep(manager, CONFIG, NORMALISATION, 0, WINDOWS);
            Parameters parameters = Parameters.initialise(CONFIG, 3);
            Map<String, float[]> gradients = step.gradient(parameters, tone(), 10, 5).gradients();
            for (String name : new String[] {"mlp_f0.3.weight", "gru.weight_hh_l0", "head_noise.bias"}) {
                float[] gradient = gradients.get(name);
                double norm = 0;
                for (float g : gradient) {
                    norm += (double) g * g;
                }
                norm = Math.sqrt(norm);
                double reach = Math.min(2e-2, 4e-2 / norm);
                double above = step.gradient(moved(parameters, name, gradient, reach / norm), tone(), 10, 5).loss();
                double below = step.gradient(moved(parameters, name, gradient, -reach / norm), tone(), 10, 5).loss();
                assertThat((above - below) / (2 * reach)).as(name).isCloseTo(norm, within(0.1 * norm + 1e-3));
            }
        }
    }

    private static Parameters moved(Parameters parameters, String name, float[] direction, double by) {
        Parameters copy = parameters.copy();
        float[] values = copy.tensors().get(name).values();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (by * direction[i]);
        }
        return copy;
    }

    @Test
    void theGradientEqualsThatOfPyTorchsOwnRecurrence() {
        TimbreClip[] crops = {tone()[0], tone()[0], tone()[0], tone()[0], tone()[0]};
        for (int b = 0; b < crops.length; b++) {
            Arrays.fill(crops[b].features().f0Hz(), 200f + 50f * b);
        }
        FeatureTrack[] features = Arrays.stream(crops).map(TimbreClip::features).toArray(FeatureTrack[]::new);
        try (NDManager manager = NDManager.newBaseManager()) {
            Parameters parameters = Parameters.initialise(CONFIG, 3);
            TimbreStep.Gradient actual = new TimbreStep(manager, CONFIG, NORMALISATION, 0, WINDOWS).gradient(parameters, crops, 0,
                    5);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                Map<String, NDArray> weights = parameters.lend(manager, true);
                Engine.getInstance().setRandomSeed(5);
                NDArray white = manager.randomUniform(-1f, 1f, new Shape(crops.length, FRAMES * HOP), DataType.FLOAT32);
                NDArray output = new TimbreSynthesis(CONFIG, NORMALISATION).render(weights, features, new int[5], white);
                NDArray target = NDArrays.stack(new NDList(Arrays.stream(crops).map(c -> manager.create(c.audio())).toList()));
                NDArray loss = SpectralLoss.course().apply(output, target);
                collector.backward(loss);
                assertThat(actual.loss()).isCloseTo(loss.getFloat(), within(1e-4));
                weights.forEach((name, array) -> {
                    float[] expected = array.getGradient().toFloatArray();
                    double error = 0;
                    double size = 0;
                    for (int i = 0; i < expected.length; i++) {
                        error += Math.pow(expected[i] - actual.gradients().get(name)[i], 2);
                        size += Math.pow(expected[i], 2);
                    }
                    assertThat(Math.sqrt(error)).as(name).isLessThan(2e-2 * Math.sqrt(size) + 1e-6);
                });
            }
        }
    }

    @Test
    void leavesNothingOnTheEngineAfterFiftySteps() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep step = new TimbreStep(manager, CONFIG, NORMALISATION, 0, WINDOWS);
            Parameters parameters = Parameters.initialise(CONFIG, 3);
            step.gradient(parameters, tone(), 10, 1);
            int before = manager.getParentManager().getManagedArrays().size() + manager.getManagedArrays().size();
            for (int i = 0; i < 50; i++) {
                step.gradient(parameters, tone(), 10, i);
            }
            assertThat(manager.getParentManager().getManagedArrays().size() + manager.getManagedArrays().size())
                    .isEqualTo(before);
        }
    }

    @Test
    void dropoutLeavesTheLossFiniteAndChangesIt() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Parameters parameters = Parameters.initialise(CONFIG, 3);
            double whole = new TimbreStep(manager, CONFIG, NORMALISATION, 0, WINDOWS).gradient(parameters, tone(), 10, 5).loss();
            TimbreStep thinned = new TimbreStep(manager, CONFIG, NORMALISATION, 0.3, WINDOWS);
            assertThat(thinned.gradient(parameters, tone(), 10, 5).loss()).isFinite().isNotEqualTo(whole);
        }
    }

    @Test
    void aMaskedMomentDoesNotMatter() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep step = new TimbreStep(manager, CONFIG, NORMALISATION, 0, WINDOWS);
            Parameters parameters = Parameters.initialise(CONFIG, 3);
            TimbreClip[] masked = tone();
            Arrays.fill(masked[0].mask(), 30, 40, 0f);
            double quiet = step.gradient(parameters, masked, 10, 5).loss();
            for (int n = 31 * HOP; n < 38 * HOP; n++) {
                masked[0].audio()[n] += 0.5f;
            }
            assertThat(step.gradient(parameters, masked, 10, 5).loss()).isCloseTo(quiet, within(1e-6));
        }
    }
}
