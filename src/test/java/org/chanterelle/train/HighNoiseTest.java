package org.chanterelle.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.ddsp.SpectralLoss;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.FeatureTrack;
import org.junit.jupiter.api.Test;

class HighNoiseTest {
    private static final int FRAMES = 400;
    private static final int HOP = 160;
    private static final TimbreConfig CONFIG = new TimbreConfig(
            8, 10, 65, 32_000, 200, 0, 0, -5f, TimbreConfig.Skip.FEATURES);
    private static final Normalisation NORMALISATION = new Normalisation(-20f, 5f, -40f, 40f, -21f, 0f);

    private static FeatureTrack features() {
        float[] f0Hz = new float[FRAMES];
        Arrays.fill(f0Hz, 300f);
        float[] loudness = new float[FRAMES];
        Arrays.fill(loudness, -5f);
        float[] ones = new float[FRAMES];
        Arrays.fill(ones, 1f);
        boolean[] voiced = new boolean[FRAMES];
        Arrays.fill(voiced, true);
        return new FeatureTrack(200, f0Hz, loudness, ones, voiced);
    }

    private static TimbreDataset recording(float[] audio, double bandwidth) {
        float[] mask = new float[FRAMES];
        return new TimbreDataset(List.of(new TimbreClip("tone", audio, features(), mask, 0, 1, bandwidth)), List.of(), List.of());
    }

    private static TimbreStep step(NDManager manager) {
        return new TimbreStep(manager, CONFIG, NORMALISATION, 0, SpectralLoss.course().windows());
    }

    /** What the same network plays with brighter noise. */
    private static float[] brighter(TimbreStep step, Parameters weights, float bias) {
        Parameters other = Parameters.initialise(CONFIG, 3);
        float[] values = other.tensors().get("head_noise.bias").values();
        for (int band = 32; band < values.length; band++) {
            values[band] += bias;
        }
        assertThat(other.tensors().get("head_noise.bias").values()[0])
                .isEqualTo(weights.tensors().get("head_noise.bias").values()[0]);
        return step.render(other, recording(new float[FRAMES * HOP], 1).train().getFirst(), 7);
    }

    @Test
    void theOctaveAboveEightKilohertzComesToTheRecordings() {
        Parameters weights = Parameters.initialise(CONFIG, 3);
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep step = step(manager);
            TimbreDataset data = recording(brighter(step, weights, 0.3f), 1);
            assertThat(HighNoise.lackDb(step, weights, data, CONFIG).getAsDouble()).isGreaterThan(3);
            Parameters levelled = HighNoise.levelled(step, weights, data, CONFIG);
            assertThat(HighNoise.lackDb(step, levelled, data, CONFIG).getAsDouble()).isCloseTo(0, within(0.5));
            float[] before = weights.tensors().get("head_noise.bias").values();
            float[] after = levelled.tensors().get("head_noise.bias").values();
            assertThat(Arrays.copyOf(after, 32)).isEqualTo(Arrays.copyOf(before, 32));
            assertThat(after[32] - before[32]).isCloseTo(0.3f, within(0.05f));
        }
    }

    @Test
    void recordingsWithoutThatOctaveTellNothingOfIt() {
        Parameters weights = Parameters.initialise(CONFIG, 3);
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep step = step(manager);
            TimbreDataset data = recording(brighter(step, weights, 0.3f), 0.45);
            assertThat(HighNoise.levelled(step, weights, data, CONFIG)).isSameAs(weights);
        }
    }
}
