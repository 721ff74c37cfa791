package org.chanterelle.model.mel2mel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Mel2MelBlockTest {
    private static final Mel2MelConfig SMALL = Mel2MelConfig.of(8, 3, List.of("harp", "organ"), List.of(46, 19));

    private static Map<String, NDArray> weights(NDManager manager, Mel2MelConfig config) {
        manager.getEngine().setRandomSeed(1);
        Map<String, NDArray> weights = new HashMap<>();
        config.weightShapes().forEach((name, shape) -> weights.put(name,
                manager.randomNormal(0, 0.5f, new Shape(java.util.Arrays.stream(shape).asLongStream().toArray()),
                        ai.djl.ndarray.types.DataType.FLOAT32)));
        return weights;
    }

    @Test
    void thePublishedNetworkHasTheSizeOfThePaper() {
        Mel2MelConfig published = Mel2MelConfig.of(256, 2, List.of("harp"), List.of(46));
        long lstm = 2 * 4 * 256 * (256 + 256 + 2);
        long film = 2 * 3 * (256 + 512);
        assertThat(published.parameterCount()).isEqualTo(2 + 177 * 256 + lstm + film + 513 * 80);
    }

    @Test
    void aFrameKnowsWhatComesBeforeAndAfterIt() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Mel2MelBlock block = new Mel2MelBlock(SMALL, weights(manager, SMALL));
            NDArray roll = manager.zeros(new Shape(1, 9, PianoRoll.ROWS));
            NDArray timbre = block.timbres(manager, new int[] {1});
            float[] silent = block.forward(roll, timbre).toFloatArray();
            roll.set(new NDIndex("0, 4, 100"), 1f);
            float[] struck = block.forward(roll, timbre).toFloatArray();
            for (int frame = 0; frame < 9; frame++) {
                assertThat(Math.abs(struck[frame * 80] - silent[frame * 80])).as("frame %d", frame).isGreaterThan(1e-5f);
            }
        }
    }

    @Test
    void aTimbreThatStaysTheSameAlongThePieceIsOneTimbre() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Mel2MelBlock block = new Mel2MelBlock(SMALL, weights(manager, SMALL));
            NDArray roll = manager.randomUniform(0, 1, new Shape(2, 5, PianoRoll.ROWS));
            NDArray timbre = block.timbres(manager, new int[] {0, 1});
            float[] one = block.forward(roll, timbre).toFloatArray();
            float[] along = block.forward(roll, timbre.expandDims(1).repeat(1, 5)).toFloatArray();
            assertThat(along).containsExactly(one, within(1e-5f));
            float[] other = block.forward(roll, block.timbres(manager, new int[] {1, 0})).toFloatArray();
            assertThat(other[0]).isNotCloseTo(one[0], within(1e-3f));
        }
    }
}
