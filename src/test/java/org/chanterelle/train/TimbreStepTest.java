package org.chanterelle.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Map;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.FeatureTrack;
import org.junit.jupiter.api.Test;

class TimbreStepTest {
    private static final int FRAMES = 60;
    private static final int HOP = 80;
    private static final TimbreConfig CONFIG = new TimbreConfig(8, 10, 9, 16000, 200, 400, 1, -5f, TimbreConfig.Skip.FEATURES);
    private static final Normalisation NORMALISATION = new Normalisation(-20f, 5f, -40f, -10f, -21f);

    private static TimbreClip[] tone() {
        float[] f0Hz = new float[FRAMES];
        Arrays.fill(f0Hz, 300f);
        float[] loudnessDb = new float[FRAMES];
        float[] ones = new float[FRAMES];
        float[] audio = new float[FRAMES * HOP];
        for (int i = 0; i < FRAMES; i++) {
            loudnessDb[i] = -20f + i * 0.1f;
            ones[i] = 1f;
        }
        for (int n = 0; n < audio.length; n++) {
            audio[n] = (float) (0.2 * Math.sin(2 * Math.PI * 300 * n / 16000) + 0.1 * Math.sin(2 * Math.PI * 600 * n / 16000));
        }
        FeatureTrack features = new FeatureTrack(200, f0Hz, loudnessDb, ones, new boolean[FRAMES]);
        return new TimbreClip[] {new TimbreClip("tone", audio, features, ones, 0, 1.0)};
    }

    @Test
    void theGradientEqualsFiniteDifferencesAlongItself() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep step = new TimbreStep(manager, CONFIG, NORMALISATION);
            Parameters parameters = Parameters.initialise(CONFIG, 3);
            Map<String, float[]> gradients = step.gradient(parameters, tone(), 10, 5).gradients();
            for (String name : new String[] {"mlp_f0.3.weight", "mlp_loudness.1.weight", "gru.weight_hh_l0",
                    "head_amplitude.bias", "head_noise.bias", "reverb"}) {
                float[] gradient = gradients.get(name);
                double norm = 0;
                for (float g : gradient) {
                    norm += (double) g * g;
                }
                norm = Math.sqrt(norm);
                double reach = Math.min(2e-2, 4e-2 / norm);
                double above = step.gradient(moved(parameters, name, gradient, reach / norm), tone(), 10, 5).loss();
                double below = step.gradient(moved(parameters, name, gradient, -reach / norm), tone(), 10, 5).loss();
                assertThat((above - below) / (2 * reach)).as(name).isCloseTo(norm, within(0.03 * norm + 1e-3));
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
    void leavesNothingOnTheEngineAfterFiftySteps() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep step = new TimbreStep(manager, CONFIG, NORMALISATION);
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
    void aMaskedMomentDoesNotMatter() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep step = new TimbreStep(manager, CONFIG, NORMALISATION);
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
