package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistancesTest {
    @Test
    void wassersteinIsTheMeanWay() {
        assertThat(Distances.wasserstein(new double[] {1, 2, 3}, new double[] {13, 11, 12})).isCloseTo(10, within(1e-12));
        assertThat(Distances.wasserstein(new double[] {0, 1}, new double[] {0, 0, 1, 1})).isCloseTo(0, within(1e-12));
        assertThat(Distances.wasserstein(new double[] {0}, new double[] {0, 3})).isCloseTo(1.5, within(1e-12));
        assertThat(Distances.wasserstein(new double[0], new double[] {1})).isNaN();
    }

    @Test
    void energySeesWhatGoesTogether() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] together = IntStream.range(0, 300).mapToDouble(i -> random.nextGaussian())
                .mapToObj(x -> new double[] {x, x}).toArray(double[][]::new);
        double[][] alike = IntStream.range(0, 300).mapToDouble(i -> random.nextGaussian())
                .mapToObj(x -> new double[] {x, x}).toArray(double[][]::new);
        double[][] apart = IntStream.range(0, 300)
                .mapToObj(i -> new double[] {random.nextGaussian(), random.nextGaussian()}).toArray(double[][]::new);
        assertThat(Distances.energy(together, alike)).isLessThan(0.15);
        assertThat(Distances.energy(together, apart)).isGreaterThan(2 * Distances.energy(together, alike));
    }

    @Test
    void alignedOnsetsAreCountedAfterTheirShift() {
        double[] aligned = {1, 2, 3, 4};
        double[] found = {1.2, 2.21, 3.35, 4.2, 4.7};
        ExpressionReport.Onsets onsets = AlignedScore.compare("a", aligned, found);
        assertThat(onsets.recall()).isEqualTo(0.75);
        assertThat(onsets.precision()).isEqualTo(0.6);
        assertThat(onsets.recall100()).isEqualTo(0.75);
    }
}
