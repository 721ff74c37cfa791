package org.chanterelle.model.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VqVaeNetworkTest {
    private final NDManager manager = NDManager.newBaseManager();
    private final VqVaeConfig config = TestVqVaeModels.small();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void doublingIsATransposedConvolution() {
        float[] x = noise(2 * 3 * 5, 1);
        float[] kernel = noise(3 * 2 * 4, 2);
        float[] bias = {0.5f, -1f};
        Map<String, NDArray> weights = Map.of("up.weight", manager.create(kernel, new Shape(3, 2, 4)),
                "up.bias", manager.create(bias));
        NDArray y = Convolution.twice(weights, "up", manager.create(x, new Shape(2, 3, 5)));
        assertThat(y.getShape()).isEqualTo(new Shape(2, 2, 10));
        float[] expected = new float[2 * 2 * 10];
        for (int b = 0; b < 2; b++) {
            for (int out = 0; out < 2; out++) {
                for (int n = 0; n < 10; n++) {
                    expected[(b * 2 + out) * 10 + n] += bias[out];
                }
                for (int in = 0; in < 3; in++) {
                    for (int m = 0; m < 5; m++) {
                        for (int k = 0; k < 4; k++) {
                            int n = 2 * m + k - 1;
                            if (n >= 0 && n < 10) {
                                expected[(b * 2 + out) * 10 + n] += x[(b * 3 + in) * 5 + m] * kernel[(in * 2 + out) * 4 + k];
                            }
                        }
                    }
                }
            }
        }
        assertThat(y.toFloatArray()).containsExactly(expected, within(1e-5f));
    }

    @Test
    void aCodeDependsOnNothingBeyondItsReach() {
        Map<String, NDArray> weights = lend();
        VqVaeEncoder encoder = new VqVaeEncoder(config, weights);
        int hop = config.hop();
        int frames = 200 * hop;
        float[] audio = noise(frames, 3);
        float[] before = encoder.forward(manager.create(audio, new Shape(1, 1, frames))).toFloatArray();
        int changed = 100 * hop;
        audio[changed] += 1f;
        float[] after = encoder.forward(manager.create(audio, new Shape(1, 1, frames))).toFloatArray();
        int[] touched = IntStream.range(0, 200).filter(code -> IntStream.range(0, config.embedding())
                .anyMatch(i -> before[i * 200 + code] != after[i * 200 + code])).toArray();
        assertThat(IntStream.of(touched)).isNotEmpty().allMatch(
                code -> changed >= code * hop - config.encoderReach() && changed < (code + 1) * hop + config.encoderReach());
    }

    @Test
    void anAudioFrameDependsOnNoCodeBeyondItsReach() {
        VqVaeDecoder decoder = new VqVaeDecoder(config, lend());
        int codes = 200;
        float[] vectors = noise(config.embedding() * codes, 4);
        Shape shape = new Shape(1, config.embedding(), codes);
        float[] before = decoder.forward(manager.create(vectors, shape)).toFloatArray();
        assertThat(before).hasSize(codes * config.hop());
        vectors[100] += 1f;
        float[] after = decoder.forward(manager.create(vectors, shape)).toFloatArray();
        int[] touched = IntStream.range(0, before.length).filter(n -> before[n] != after[n]).toArray();
        assertThat(IntStream.of(touched)).isNotEmpty().allMatch(n -> Math.abs(n / config.hop() - 100) <= config.decoderReach());
    }

    @Test
    void thePublishedLevelsHaveTheirHops() {
        for (int level = 0; level < 3; level++) {
            VqVaeConfig published = new VqVaeConfig(
                    44100, level, List.of(3, 2, 2).subList(0, level + 1), 32, 4, 3, 0, 64, 2048);
            published.check("");
            assertThat(published.hop()).isEqualTo(new int[] {8, 32, 128}[level]);
            assertThat(published.bitsPerCode()).isEqualTo(11);
        }
    }

    @Test
    void theNearestCodesAreThoseOfABruteForceSearch() {
        float[] vectors = noise(16 * 4, 5);
        float[] rows = noise(5000 * 4, 6);
        Codebook codebook = new Codebook(16, 4, vectors);
        int[] found = codebook.nearest(manager.create(rows, new Shape(5000, 4))).codes();
        for (int row = 0; row < 5000; row += 7) {
            int best = 0;
            for (int code = 1; code < 16; code++) {
                best = distance(rows, row, vectors, code) < distance(rows, row, vectors, best) ? code : best;
            }
            assertThat(found[row]).isEqualTo(best);
        }
    }

    private static double distance(float[] rows, int row, float[] vectors, int code) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += Math.pow(rows[4 * row + i] - vectors[4 * code + i], 2);
        }
        return sum;
    }

    @Test
    void anUnusedCodeBeginsAnewOnlyWhereRestartsAreWanted() {
        float[] rows = {1, 1, 1, 3};
        int[] codes = {0, 0};
        float[] fresh = {9, 9, 8, 8};
        Codebook restarted = new Codebook(2, 2, new float[] {0, 0, 5, 5});
        Codebook.Usage usage = restarted.update(rows, codes, fresh, 0.5, 1.0);
        assertThat(restarted.vectors()).containsExactly(new float[] {2 / 3f, 4 / 3f, 8, 8}, within(1e-6f));
        assertThat(usage.usedNow()).isEqualTo(1);
        assertThat(usage.entropy()).isCloseTo(0, within(1e-6));
        Codebook left = new Codebook(2, 2, new float[] {0, 0, 5, 5});
        left.update(rows, codes, null, 0.5, 1.0);
        assertThat(left.vectors()).containsExactly(new float[] {2 / 3f, 4 / 3f, 5, 5}, within(1e-6f));
    }

    @Test
    void aFolderIsLoadedAndADamagedOneRefusedInOneLine() throws IOException {
        Path model = TestVqVaeModels.write(folder.resolve("bottom"), config, 7);
        VqVaeFolder loaded = VqVaeFolder.load(model);
        assertThat(loaded.card().config()).isEqualTo(config);
        assertThat(loaded.codebook().vectors()).hasSize(16 * 4);
        String card = Files.readString(model.resolve(ModelFolder.CARD));
        Files.writeString(model.resolve(ModelFolder.CARD), card.replace("\"width\": 5", "\"width\": 6"));
        assertThatThrownBy(() -> VqVaeFolder.load(model)).isInstanceOf(UserError.class).hasMessageContaining("expects shape");
        Files.writeString(model.resolve(ModelFolder.CARD), card.replace("\"depth\": 2", "\"depth\": 200"));
        assertThatThrownBy(() -> VqVaeFolder.load(model)).isInstanceOf(UserError.class)
                .hasMessageContaining("depth is 200; expected 1 to 16");
    }

    private Map<String, NDArray> lend() {
        Map<String, NDArray> weights = new HashMap<>();
        TestVqVaeModels.weights(config, 8).forEach((name, tensor) -> weights.put(name,
                manager.create(tensor.values(), new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
        return weights;
    }

    private static float[] noise(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) (2 * random.nextDouble() - 1);
        }
        return noise;
    }
}
