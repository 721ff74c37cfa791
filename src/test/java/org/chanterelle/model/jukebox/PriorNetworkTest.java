package org.chanterelle.model.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.TransformerConfig.Pattern;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PriorNetworkTest {
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aPatternReadsItsPlacesAndNoOther() {
        assertThat(places(Pattern.DENSE, 6)).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(places(Pattern.ROW, 6)).containsExactly(4, 5, 6);
        assertThat(places(Pattern.COLUMN, 10)).containsExactly(2, 6, 10);
        assertThat(places(Pattern.PREVIOUS_ROW, 10)).containsExactly(4, 5, 6, 7, 10);
        assertThat(places(Pattern.PREVIOUS_ROW, 2)).isEmpty();
        assertThat(places(Pattern.LYRICS, 3)).containsExactly(0, 1, 2, 3);
        assertThat(places(Pattern.LYRICS, 10)).containsExactly(0, 1, 2, 3, 4, 5, 10);
    }

    /** Places whose input changes what attention makes of a place. */
    private List<Integer> places(Pattern pattern, int place) {
        PriorConfig config = TestPriors.prior();
        Transformer transformer = new Transformer(config.transformer(), lend(TestPriors.weights(config, 1)), "prior.", 6);
        float[] x = new float[16 * 12];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i * i);
        }
        float[] before = attended(transformer, x, pattern, place);
        List<Integer> places = new ArrayList<>();
        for (int other = 0; other < 16; other++) {
            float[] changed = x.clone();
            changed[other * 12] += 1f;
            if (!java.util.Arrays.equals(before, attended(transformer, changed, pattern, place))) {
                places.add(other);
            }
        }
        return places;
    }

    private float[] attended(Transformer transformer, float[] x, Pattern pattern, int place) {
        return transformer.attention(manager.create(x, new Shape(1, 16, 12)), "prior.transformer._attn_mods.0.attn.", pattern)
                .get(0).get(place).toFloatArray();
    }

    @Test
    void aCodeIsForeseenFromThoseBeforeItAlone() {
        for (PriorConfig config : List.of(TestPriors.prior(), TestPriors.singing(), TestPriors.leading(),
                TestPriors.upsampler())) {
            int[][] codes = TestPriors.codes(config, 1, 3);
            float[] before = logits(config, codes, TestPriors.conditions(config, 1, 5));
            codes[0][9] = (codes[0][9] + 1) % config.codes();
            float[] after = logits(config, codes, TestPriors.conditions(config, 1, 5));
            int same = 10 * config.codes();
            assertThat(java.util.Arrays.copyOf(after, same)).containsExactly(java.util.Arrays.copyOf(before, same),
                    org.assertj.core.api.Assertions.within(1e-5f));
            assertThat(java.util.Arrays.copyOfRange(after, same, same + config.codes()))
                    .isNotEqualTo(java.util.Arrays.copyOfRange(before, same, same + config.codes()));
        }
    }

    @Test
    void everyConditionMatters() {
        PriorConfig config = TestPriors.singing();
        CodeCondition one = TestPriors.conditions(config, 1, 5).getFirst();
        PriorConfig under = TestPriors.upsampler();
        CodeCondition upper = TestPriors.conditions(under, 1, 5).getFirst();
        int[] others = upper.upperCodes().clone();
        others[1] = (others[1] + 1) % 7;
        float[] own = logits(config, List.of(one));
        assertThat(logits(config, List.of(new CodeCondition(2, one.genres(), one.totalFrames(), one.startFrame(), one.lyrics(),
                one.upperCodes())))).isNotEqualTo(own);
        assertThat(logits(config, List.of(new CodeCondition(1, new int[] {0}, one.totalFrames(), one.startFrame(), one.lyrics(),
                one.upperCodes())))).isNotEqualTo(own);
        assertThat(logits(config, List.of(new CodeCondition(1, one.genres(), 150_000, one.startFrame(), one.lyrics(),
                one.upperCodes())))).isNotEqualTo(own);
        assertThat(logits(config, List.of(one.withLyrics(new int[] {5, 4, 3, 2, 1, 0})))).isNotEqualTo(own);
        assertThat(logits(under, List.of(upper.withUpperCodes(others)))).isNotEqualTo(logits(under, List.of(upper)));
        PriorConfig leading = TestPriors.leading();
        CodeCondition sung = TestPriors.conditions(leading, 1, 5).getFirst();
        assertThat(logits(leading, List.of(sung.withLyrics(new int[] {8, 7, 6, 5, 4, 3, 2, 1}))))
                .isNotEqualTo(logits(leading, List.of(sung)));
    }

    @Test
    void lyricsThatLeadAreForeseenLetterAfterLetter() {
        PriorConfig config = TestPriors.leading();
        CodeCondition condition = TestPriors.conditions(config, 1, 5).getFirst();
        int[] others = condition.lyrics().clone();
        others[5] = (others[5] + 1) % Lyrics.ALPHABET;
        float[] before = letters(config, condition);
        float[] after = letters(config, condition.withLyrics(others));
        int same = 6 * Lyrics.ALPHABET;
        assertThat(before).hasSize(8 * Lyrics.ALPHABET);
        assertThat(java.util.Arrays.copyOf(after, same)).containsExactly(java.util.Arrays.copyOf(before, same),
                org.assertj.core.api.Assertions.within(1e-5f));
        assertThat(after).isNotEqualTo(before);
    }

    private float[] letters(PriorConfig config, CodeCondition condition) {
        PriorNetwork network = new PriorNetwork(config, lend(TestPriors.weights(config, 1)));
        return network.said(manager, TestPriors.codes(config, 1, 3), network.condition(manager, List.of(condition))).lyrics()
                .toFloatArray();
    }

    @Test
    void conditionsThatDoNotFitAreRefused() {
        PriorConfig config = TestPriors.upsampler();
        CodeCondition good = TestPriors.conditions(config, 1, 5).getFirst();
        assertThatThrownBy(() -> logits(config, List.of(good.withUpperCodes(new int[] {0, 0, 7, 0}))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> logits(config, List.of(good.withUpperCodes(new int[3]))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3 codes of the level above of 4");
        assertThatThrownBy(() -> logits(config, List.of(new CodeCondition(3, good.genres(), 1, 0, good.lyrics(),
                good.upperCodes())))).hasMessageContaining("artist 3");
    }

    @Test
    void configurationsOutOfRangeAreRefused() {
        PriorConfig good = TestPriors.prior();
        TransformerConfig t = good.transformer();
        TransformerConfig odd = new TransformerConfig(t.width(), t.depth(), 3, t.attentionWidth(), t.mlpWidth(), 5, t.patterns());
        PriorConfig bad = new PriorConfig(16000, 1, 16, 11, 16, odd, true, good.artists(), good.genres(), 0, 10, 8, null, null, 1,
                0);
        good.check("card: ");
        assertThatThrownBy(() -> bad.check("card: ")).isInstanceOf(UserError.class)
                .hasMessage("card: transformer.attentionWidth is 8; expected a multiple of heads (3)");
        TransformerConfig astray = new TransformerConfig(t.width(), t.depth(), t.heads(), t.attentionWidth(), t.mlpWidth(), 4,
                List.of(Pattern.LYRICS));
        PriorConfig silent = new PriorConfig(16000, 1, 16, 11, 16, astray, true, good.artists(), good.genres(), 0, 10, 8, null,
                null, 1, 0);
        assertThatThrownBy(() -> silent.check("card: ")).isInstanceOf(UserError.class)
                .hasMessage("card: transformer.patterns has LYRICS; expected only where lyrics stand before the codes");
        TestPriors.leading().check("card: ");
    }

    @Test
    void lyricsFlowWithTheirPiece() {
        int[] all = Lyrics.numbers("one two three four");
        assertThat(Lyrics.window(all, 5, 0, 0.1)).containsExactly(Lyrics.numbers("one t"));
        assertThat(Lyrics.window(all, 5, 0.95, 1)).containsExactly(Lyrics.numbers(" four"));
        assertThat(Lyrics.window(Lyrics.numbers("a~"), 4, 0, 1)).containsExactly(28, 1, 0, 0);
    }

    private float[] logits(PriorConfig config, List<CodeCondition> conditions) {
        return logits(config, TestPriors.codes(config, conditions.size(), 3), conditions);
    }

    private float[] logits(PriorConfig config, int[][] codes, List<CodeCondition> conditions) {
        PriorNetwork network = new PriorNetwork(config, lend(TestPriors.weights(config, 1)));
        return network.logits(manager, codes, network.condition(manager, conditions)).toFloatArray();
    }

    private Map<String, NDArray> lend(Map<String, Tensor> weights) {
        Map<String, NDArray> lent = new HashMap<>();
        weights.forEach((name, tensor) -> lent.put(name,
                manager.create(tensor.values(), new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
        return lent;
    }
}
