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

class LevelCalibrationTest {
    private static final int FRAMES = 400;
    private static final TimbreConfig CONFIG = new TimbreConfig(
            8, 10, 9, 16000, 200, 0, 0, -5f, TimbreConfig.Skip.FEATURES);
    private static final Normalisation NORMALISATION = new Normalisation(-20f, 5f, -40f, 40f, -21f, 0f);

    private static TimbreDataset loudAs(float loudnessDb) {
        float[] f0Hz = new float[FRAMES];
        Arrays.fill(f0Hz, 300f);
        float[] loudness = new float[FRAMES];
        Arrays.fill(loudness, loudnessDb);
        float[] ones = new float[FRAMES];
        Arrays.fill(ones, 1f);
        boolean[] voiced = new boolean[FRAMES];
        Arrays.fill(voiced, true);
        FeatureTrack features = new FeatureTrack(200, f0Hz, loudness, ones, voiced);
        return new TimbreDataset(List.of(new TimbreClip("tone", new float[FRAMES * 80], features, ones, 0, 1, 1)), List.of(),
                List.of());
    }

    @Test
    void aNetworkThatPlaysSixDecibelsSofterLacksSixMore() {
        Parameters weights = Parameters.initialise(CONFIG, 3);
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep plain = new TimbreStep(manager, CONFIG, NORMALISATION, 0, SpectralLoss.course().windows());
            TimbreStep softer = new TimbreStep(manager, CONFIG, NORMALISATION.withOutputGainDb(-6), 0,
                    SpectralLoss.course().windows());
            double lack = LevelCalibration.gainDb(plain, weights, loudAs(-5), 16000);
            assertThat(LevelCalibration.gainDb(softer, weights, loudAs(-5), 16000)).isCloseTo(lack + 6, within(0.1));
        }
    }

    @Test
    void theGainItNamesMakesTheLackGood() {
        Parameters weights = Parameters.initialise(CONFIG, 3);
        try (NDManager manager = NDManager.newBaseManager()) {
            TimbreStep plain = new TimbreStep(manager, CONFIG, NORMALISATION, 0, SpectralLoss.course().windows());
            double lack = LevelCalibration.gainDb(plain, weights, loudAs(-5), 16000);
            TimbreStep mended = new TimbreStep(manager, CONFIG, NORMALISATION.withOutputGainDb(lack), 0,
                    SpectralLoss.course().windows());
            assertThat(LevelCalibration.gainDb(mended, weights, loudAs(-5), 16000)).isCloseTo(0, within(0.1));
        }
    }
}
