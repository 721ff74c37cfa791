package org.chanterelle.inference.vocoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.vocoder.WaveNetConfig;
import org.chanterelle.model.vocoder.WaveNetNetwork;
import org.chanterelle.signal.MuLaw;
import org.junit.jupiter.api.Test;

class WaveNetTwinTest {
    private static final WaveNetConfig SMALL = new WaveNetConfig(5, 3, 12, 20, 6);
    private static final int ROWS = 3;

    private static Map<String, Tensor> weights(WaveNetConfig config) {
        SplittableRandom random = new SplittableRandom(3);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.weightShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = WaveNetNetwork.round((float) (0.3 * random.nextGaussian()));
            }
            weights.put(name, new Tensor(shape, values));
        });
        return weights;
    }

    private static float[][] mel(int rows) {
        SplittableRandom random = new SplittableRandom(4);
        float[][] mel = new float[rows][80];
        for (float[] row : mel) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextDouble(-11, 1);
            }
        }
        return mel;
    }

    private static int[] codes(int count) {
        SplittableRandom random = new SplittableRandom(5);
        return random.ints(count, 0, 256).toArray();
    }

    /** Bits that the network for training finds in some codes. */
    private static double bits(WaveNetConfig config, Map<String, Tensor> weights, float[][] mel, int[] codes) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> arrays = new HashMap<>();
            weights.forEach((name, tensor) -> arrays.put(name, manager.create(tensor.values(),
                    new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray()))));
            int[] before = new int[codes.length];
            before[0] = WaveNetNetwork.SILENCE;
            System.arraycopy(codes, 0, before, 1, codes.length - 1);
            float[] flat = new float[mel.length * 80];
            for (int row = 0; row < mel.length; row++) {
                System.arraycopy(mel[row], 0, flat, row * 80, 80);
            }
            float[] logits = new WaveNetNetwork(config, arrays)
                    .forward(manager.create(before, new Shape(1, before.length)),
                            config.condition() == 0 ? null : manager.create(flat, new Shape(1, mel.length, 80)))
                    .logSoftmax(2).toFloatArray();
            double sum = 0;
            for (int i = 0; i < codes.length; i++) {
                sum -= logits[i * 256 + codes[i]] / Math.log(2);
            }
            return sum;
        }
    }

    @Test
    void findsTheBitsThatTheNetworkInTrainingFinds() {
        for (int condition : new int[] {6, 0}) {
            WaveNetConfig config = new WaveNetConfig(5, 3, 12, 20, condition);
            Map<String, Tensor> weights = weights(config);
            float[][] mel = mel(ROWS);
            int[] codes = codes(ROWS * WaveNetPlayer.HOP_FRAMES);
            WaveNetPlayer player = new WaveNetPlayer(config, weights, 1);
            for (int row = 0; row < ROWS; row++) {
                player.judge(mel[row], codes, row * WaveNetPlayer.HOP_FRAMES);
            }
            double wanted = bits(config, weights, mel, codes);
            assertThat(player.bits()).as("condition %d", condition).isCloseTo(wanted, within(1e-4 * wanted));
        }
    }

    @Test
    void theSameSeedDrawsTheSameSound() {
        WaveNetPlayer player = new WaveNetPlayer(SMALL, weights(SMALL), 1);
        float[][] sounds = new float[3][ROWS * WaveNetPlayer.HOP_FRAMES];
        long[] seeds = {1, 1, 2};
        for (int i = 0; i < seeds.length; i++) {
            player.reset(seeds[i]);
            for (int row = 0; row < ROWS; row++) {
                player.play(mel(ROWS)[row], sounds[i], row * WaveNetPlayer.HOP_FRAMES);
            }
        }
        assertThat(sounds[1]).containsExactly(sounds[0]);
        assertThat(sounds[2]).isNotEqualTo(sounds[0]);
        for (float v : sounds[0]) {
            assertThat(v).isBetween(-1f, 1f);
        }
    }

    @Test
    void everyCodeComesBackFromItsSample() {
        for (int code = 0; code < 256; code++) {
            assertThat(MuLaw.encode(MuLaw.decode(code))).isEqualTo(code);
        }
        assertThat(MuLaw.encode(0f)).isEqualTo(WaveNetNetwork.SILENCE);
        assertThat(MuLaw.encode(3f)).isEqualTo(255);
        assertThat(MuLaw.encode(-3f)).isZero();
    }
}
