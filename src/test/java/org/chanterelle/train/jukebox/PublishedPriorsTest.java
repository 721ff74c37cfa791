package org.chanterelle.train.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.Lyrics;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorNetwork;
import org.chanterelle.model.jukebox.TransformerConfig;
import org.chanterelle.train.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedPriorsTest {
    private static final Path CONFIGS = Path.of("models/training/jukebox");
    private static final int CONTEXT = 512;

    @Test
    void publishedSizesAreThoseOfThePaper() {
        assertThat(size("prior_5b").parameters()).isBetween(4_900_000_000L, 5_100_000_000L);
        assertThat(size("prior_5b_lyrics").layers()).isEqualTo(79);
        assertThat(size("small_sep_enc_dec_prior").layers()).isEqualTo(50);
        assertThat(size("prior_1b_lyrics").parameters()).isBetween(900_000_000L, 1_100_000_000L);
        assertThat(published("prior_1b_lyrics").sequence()).isEqualTo(6528);
        assertThat(published("prior_1b_lyrics").transformer().pattern(63)).isEqualTo(TransformerConfig.Pattern.LYRICS);
        assertThat(size("upsampler_level_0").parameters()).isBetween(800_000_000L, 1_300_000_000L);
        assertThat(size("upsampler_level_1").parameters()).isBetween(800_000_000L, 1_300_000_000L);
    }

    @Test
    void theShippedSizesAreSmall() {
        assertThat(size("prior-16k").shippedBytes()).isLessThan(12_000_000);
        assertThat(size("upsampler-16k").shippedBytes()).isLessThan(12_000_000);
    }

    private static PriorSize size(String name) {
        PriorTrainingConfig config = PriorTrainingConfig.read(CONFIGS.resolve(name + ".json"));
        return PriorSize.of(config.countedModel(), config.batch());
    }

    /** All layers of the full width; they share the first ones' arrays, which keeps the test's memory small. */
    @ParameterizedTest
    @ValueSource(strings = {"small_prior", "small_sep_enc_dec_prior", "small_single_enc_dec_prior", "small_upsampler"})
    void theSmallModelsRunForwardOver512Codes(String model) {
        PriorConfig published = published(model);
        PriorConfig config = shortened(published, published.transformer().depth());
        Map<String, Tensor> one = PriorWeights.initialise(shortened(published, firstLayers(published)), 0.7, 1).tensors();
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> lent = new HashMap<>();
            one.forEach((name, tensor) -> lent.put(name, manager.create(tensor.values(),
                    new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
            config.weightShapes().keySet().forEach(weight -> lent.computeIfAbsent(weight,
                    missing -> lent.get(missing.replaceFirst("(_attn_mods|readers)\\.\\d+\\.", "$1.0."))));
            PriorNetwork network = new PriorNetwork(config, lent);
            NDArray logits = network.logits(manager, codes(config), network.condition(manager, conditions(config)));
            assertThat(logits.getShape()).isEqualTo(new Shape(1, CONTEXT, 1024));
            float[] values = logits.toFloatArray();
            assertThat(IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i]))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small_prior", "small_sep_enc_dec_prior", "small_single_enc_dec_prior", "small_upsampler"})
    void aLayerOfTheSmallModelsLearns(String model) {
        PriorConfig config = shortened(published(model), 1);
        Parameters weights = PriorWeights.initialise(config, 0.7, 1);
        float[] counted = new float[CONTEXT];
        Arrays.fill(counted, 1f);
        CodeWindows.Batch batch = new CodeWindows.Batch(codes(config), conditions(config), counted, List.of());
        try (NDManager manager = NDManager.newBaseManager()) {
            PriorStep.Lesson lesson = new PriorStep(manager, config, 0.4).learn(weights, batch);
            assertThat(lesson.bits()).isCloseTo(10, within(0.5));
            for (String name : List.of("attn.c_attn.w", "attn.c_proj.w", "mlp.c_fc.w", "mlp.c_proj.w", "ln_0.weight")) {
                double norm = 0;
                for (float value : lesson.gradients().get("prior.transformer._attn_mods.0." + name)) {
                    norm += (double) value * value;
                }
                assertThat(norm).as(name).isPositive().isFinite();
            }
        }
    }

    private static PriorConfig published(String name) {
        return PriorTrainingConfig.read(CONFIGS.resolve(name + ".json")).countedModel();
    }

    /** So many that one of them is followed by a reader, where there are readers. */
    private static int firstLayers(PriorConfig config) {
        return config.readers() == 0 ? 1 : config.lyrics().every();
    }

    private static List<CodeCondition> conditions(PriorConfig config) {
        SplittableRandom random = new SplittableRandom(2);
        int characters = config.lyrics() == null ? 0 : config.lyrics().characters();
        int above = config.upper() == null ? 0 : config.upperContext();
        return List.of(new CodeCondition(0, new int[] {0}, 220_500, 0, random.ints(characters, 0, Lyrics.ALPHABET).toArray(),
                random.ints(above, 0, config.codes()).toArray()));
    }

    private static int[][] codes(PriorConfig config) {
        return new int[][] {new SplittableRandom(1).ints(CONTEXT, 0, config.codes()).toArray()};
    }

    private static PriorConfig shortened(PriorConfig c, int depth) {
        TransformerConfig t = c.transformer();
        TransformerConfig some = new TransformerConfig(t.width(), depth, t.heads(), t.attentionWidth(), t.mlpWidth(), t.blocks(),
                t.patterns());
        return new PriorConfig(c.sampleRateHz(), c.level(), c.hop(), c.codes(), CONTEXT, some, c.tied(), c.artists(), c.genres(),
                c.minSeconds(), c.maxSeconds(), c.timingBins(), c.upper(), c.lyrics(), c.autoencoder(), c.upperAutoencoder());
    }
}
