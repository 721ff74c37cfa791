package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.TimbreConfig;
import org.junit.jupiter.api.Test;

final class RoomChoiceTest {
    private static final int TAPS = 8000;
    private static final TimbreConfig CONFIG = new TimbreConfig(8, 10, 9, 16000, 250, TAPS, 3, -5f, TimbreConfig.Skip.FEATURES);

    @Test
    void aCathedralAndAResonatorAreNotTheBestRooms() {
        float[] rooms = new float[3 * TAPS];
        java.util.Random random = new java.util.Random(1);
        for (int n = 1; n < TAPS; n++) {
            rooms[n] = (float) (0.1 * random.nextGaussian());
            rooms[TAPS + n] = (float) (0.1 * Math.sin(2 * Math.PI * 520 * n / 16_000));
            rooms[2 * TAPS + n] = (float) (0.1 * Math.exp(-n / 400.0) * random.nextGaussian());
        }
        Map<String, Tensor> weights = TestModels.weights(CONFIG, 1);
        weights.put("reverb", new Tensor(new int[] {3, TAPS}, rooms));
        ModelFolder model = new ModelFolder(Path.of("test"), TestModels.card(CONFIG), weights);
        assertThat(RoomChoice.best(model)).isEqualTo(2);
    }
}
