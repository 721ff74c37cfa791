package org.chanterelle.inference.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorNetwork;
import org.chanterelle.model.jukebox.TestPriors;
import org.junit.jupiter.api.Test;

class CachedPriorTest {
    @Test
    void codeAfterCodeItSaysWhatTheWholeWindowSays() {
        for (PriorConfig config : List.of(TestPriors.prior(), TestPriors.singing(), TestPriors.leading(),
                TestPriors.upsampler())) {
            int batch = 3;
            List<CodeCondition> conditions = TestPriors.conditions(config, batch, 7);
            int[][] codes = TestPriors.codes(config, batch, 8);
            float[] whole = whole(config, codes, conditions);
            float[][][] stepped = stepped(config, codes, conditions, 0);
            for (int item = 0; item < batch; item++) {
                for (int place = 0; place < config.context(); place++) {
                    int at = (item * config.context() + place) * config.codes();
                    assertThat(stepped[place][item]).containsExactly(Arrays.copyOfRange(whole, at, at + config.codes()),
                            within(1e-4f));
                }
            }
        }
    }

    @Test
    void givenCodesAreReadAsIfTheyHadBeenChosen() {
        givenCodesAreReadAsIfTheyHadBeenChosen(TestPriors.singing());
        givenCodesAreReadAsIfTheyHadBeenChosen(TestPriors.leading());
    }

    private static void givenCodesAreReadAsIfTheyHadBeenChosen(PriorConfig config) {
        List<CodeCondition> conditions = TestPriors.conditions(config, 2, 7);
        int[][] codes = TestPriors.codes(config, 2, 8);
        float[][][] one = stepped(config, codes, conditions, 0);
        float[][][] primed = stepped(config, codes, conditions, 11);
        for (int place = 11; place < config.context(); place++) {
            assertThat(primed[place]).isDeepEqualTo(one[place]);
        }
    }

    @Test
    void anItemDoesNotHearTheOthersOfItsBatch() {
        PriorConfig config = TestPriors.upsampler();
        List<CodeCondition> conditions = TestPriors.conditions(config, 3, 7);
        int[][] codes = TestPriors.codes(config, 3, 8);
        float[][][] three = stepped(config, codes, conditions, 5);
        float[][][] alone = stepped(config, new int[][] {codes[1]}, List.of(conditions.get(1)), 5);
        for (int place = 5; place < config.context(); place++) {
            assertThat(alone[place][0]).containsExactly(three[place][1], within(1e-5f));
        }
    }

    @Test
    void aFullWindowTakesNoMore() {
        PriorConfig config = TestPriors.prior();
        try (CachedPrior prior = new CachedPrior(config, TestPriors.weights(config, 1));
                CodePrior.Session session = prior.open(TestPriors.conditions(config, 1, 7))) {
            session.prime(TestPriors.codes(config, 1, 8));
            assertThat(session.position()).isEqualTo(16);
            assertThatThrownBy(() -> session.next(new int[] {-1}, new float[1][11])).isInstanceOf(IllegalStateException.class)
                    .hasMessage("the window is full: 16 codes");
            assertThatThrownBy(() -> session.prime(new int[][] {{11}})).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("code 11 of 11");
            assertThat(prior.sessionBytes(2)).isGreaterThan(prior.sessionBytes(1));
        }
    }

    private static float[][][] stepped(PriorConfig config, int[][] codes, List<CodeCondition> conditions, int given) {
        float[][][] logits = new float[config.context()][codes.length][config.codes()];
        try (CachedPrior prior = new CachedPrior(config, TestPriors.weights(config, 1));
                CodePrior.Session session = prior.open(conditions)) {
            if (given > 0) {
                int[][] first = new int[codes.length][];
                Arrays.setAll(first, item -> Arrays.copyOf(codes[item], given));
                session.prime(first);
            }
            for (int place = given; place < config.context(); place++) {
                int before = place - 1;
                int[] chosen = place == given
                        ? IntStream.of(new int[codes.length]).map(code -> -1).toArray()
                        : Arrays.stream(codes).mapToInt(item -> item[before]).toArray();
                session.next(chosen, logits[place]);
                assertThat(session.position()).isEqualTo(place);
            }
        }
        return logits;
    }

    private static float[] whole(PriorConfig config, int[][] codes, List<CodeCondition> conditions) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> lent = new HashMap<>();
            Map<String, Tensor> weights = TestPriors.weights(config, 1);
            weights.forEach((name, tensor) -> lent.put(name,
                    manager.create(tensor.values(), new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
            PriorNetwork network = new PriorNetwork(config, lent);
            return network.logits(manager, codes, network.condition(manager, conditions)).toFloatArray();
        }
    }
}
