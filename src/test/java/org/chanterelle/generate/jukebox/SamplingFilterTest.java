package org.chanterelle.generate.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingFilterTest {
    private static final float[] LOGITS = {(float) Math.log(0.1), (float) Math.log(0.4), (float) Math.log(0.2),
            (float) Math.log(0.3)};

    private static double[] probabilities(SamplingFilter filter, float... logits) {
        double[] probabilities = new double[logits.length];
        filter.probabilities(logits, probabilities);
        return probabilities;
    }

    @Test
    void withoutAFilterTheyAreTheSoftmax() {
        assertThat(probabilities(new SamplingFilter(1, 0, 1), LOGITS)).containsExactly(new double[] {0.1, 0.4, 0.2, 0.3},
                within(1e-6));
    }

    @Test
    void theTemperatureDividesTheLogits() {
        double[] found = probabilities(new SamplingFilter(0.5, 0, 1), LOGITS);
        assertThat(found).containsExactly(new double[] {0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.09 / 0.3}, within(1e-6));
    }

    @Test
    void theLikeliestAreKept() {
        assertThat(probabilities(new SamplingFilter(1, 2, 1), LOGITS))
                .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-6));
    }

    @Test
    void whatIsAsLikelyAsTheLastIsKeptToo() {
        assertThat(probabilities(new SamplingFilter(1, 1, 1), 0f, -0f, -1f)).containsExactly(0.5, 0.5, 0);
    }

    @Test
    void theOneThatCrossesTheSumIsKept() {
        assertThat(probabilities(new SamplingFilter(1, 0, 0.5), LOGITS))
                .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-6));
        assertThat(probabilities(new SamplingFilter(1, 0, 1e-9), LOGITS)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void ofBothTheSumIsOfThoseThatAreKept() {
        assertThat(probabilities(new SamplingFilter(1, 3, 0.7), LOGITS))
                .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-6));
    }

    @Test
    void codesAreDrawnAsOftenAsTheirProbabilitiesTell() {
        SamplingFilter filter = new SamplingFilter(1, 0, 1);
        Draws draws = new Draws(5);
        double[] scratch = new double[4];
        int[] counts = new int[4];
        for (int i = 0; i < 40_000; i++) {
            counts[filter.choose(LOGITS, draws.uniform(0, 0, i), scratch)]++;
        }
        assertThat(IntStream.of(counts).mapToDouble(count -> count / 40_000.0).toArray())
                .containsExactly(new double[] {0.1, 0.4, 0.2, 0.3}, within(0.01));
    }

    @Test
    void drawsDependOnEachPartOfTheirPlaceAndOnTheSeed() {
        double draw = new Draws(1).uniform(1, 2, 3);
        assertThat(draw).isEqualTo(new Draws(1).uniform(1, 2, 3)).isBetween(0.0, 1.0);
        assertThat(IntStream.of(2, 1, 3).mapToDouble(i -> new Draws(1).uniform(2, i, 3))).doesNotHaveDuplicates();
        assertThat(new double[] {draw, new Draws(2).uniform(1, 2, 3), new Draws(1).uniform(0, 2, 3),
                new Draws(1).uniform(1, 1, 3), new Draws(1).uniform(1, 2, 4), new Draws(1).uniform(2, 1, 3)})
                .doesNotHaveDuplicates();
    }

    @Test
    void logitsThatAreNoNumbersAreToldAsTheModelsFault() {
        assertThatThrownBy(() -> probabilities(new SamplingFilter(1, 0, 1), 0f, Float.NaN)).isInstanceOf(UserError.class)
                .hasMessageContaining("logit is NaN");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1, --temperature", "NaN, 0, 1, --temperature", "1, -1, 1, --top-k", "1, 0, 0, --top-p",
            "1, 0, 1.5, --top-p"})
    void numbersOutOfRangeAreRefused(double temperature, int topK, double topP, String option) {
        assertThatThrownBy(() -> new SamplingFilter(temperature, topK, topP)).isInstanceOf(UserError.class)
                .hasMessageStartingWith(option);
    }
}
