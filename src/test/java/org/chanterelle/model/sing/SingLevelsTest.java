package org.chanterelle.model.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SingLevelsTest {
    private static final double NONE = Double.NaN;

    @Test
    void aPitchWithoutANoteLiesBetweenItsNeighbours() {
        assertThat(SingLevels.complete(new double[] {NONE, 2, NONE, NONE, 8, NONE})).containsExactly(2.0, 2.0, 4.0, 6.0, 8.0,
                8.0);
        assertThat(SingLevels.complete(new double[] {-60, 1.234, 60})).containsExactly(-24.0, 1.2, 24.0);
        assertThatThrownBy(() -> SingLevels.complete(new double[] {NONE})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void betweenTwoInstrumentsTheLevelIsBetweenTheirs() {
        SingCard plain = TestSingModels.card(TestSingModels.smallConfig());
        SingCard.Instrument one = new SingCard.Instrument("brass_a", "brass", 60, 61, List.of(20.0, 0.0));
        SingCard.Instrument two = new SingCard.Instrument("mallet_b", "mallet", 48, 49, List.of(0.0, -20.0));
        SingLevels levels = SingLevels.of(plain.withInstruments(List.of(one, two, plain.instruments().get(2))));
        assertThat(levels.gain(0, 0, 0, 12)).isCloseTo(10f, within(1e-4f));
        assertThat(levels.gain(0, 0, 0, 0)).as("below its range").isCloseTo(10f, within(1e-4f));
        assertThat(levels.gain(0, 1, 0.5f, 12)).isCloseTo(1f, within(1e-4f));
        assertThat(levels.gain(2, 2, 0, 12)).as("not measured").isEqualTo(1f);
        assertThat(SingLevels.none().gain(2, 1, 0.3f, 12)).isEqualTo(1f);
    }
}
