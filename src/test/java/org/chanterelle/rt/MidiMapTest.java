package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MidiMapTest {
    private final ParameterValues values = new ParameterValues();
    private final MidiMap map = new MidiMap(List.of(
            new ControlMapping(74, Parameters.ROOM, -40, 0),
            new ControlMapping(74, Parameters.DRY, 1, 0),
            new ControlMapping(75, Parameters.GAIN, -60, 24)));

    @Test
    void aControllerTurnsAllThatItIsMappedTo() {
        map.apply(74, 0.25f, 0.25f, values);
        assertThat(values.get(Parameters.ROOM)).isEqualTo(-30f);
        assertThat(values.get(Parameters.DRY)).isEqualTo(0.75f);
        assertThat(values.get(Parameters.GAIN)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 73, MidiState.BEND, MidiState.PRESSURE, MidiState.SURROUNDINGS, MidiState.RESET})
    void anyOtherControlTurnsNothing(int control) {
        map.apply(control, 0.25f, 0.25f, values);
        assertThat(map.maps(control)).isFalse();
        assertThat(values.get(Parameters.ROOM)).isZero();
    }

    @Test
    void aLearnedControllerTakesTheParameterOver() {
        MidiMap learned = map.learn(new ControlMapping(20, Parameters.ROOM, 0, 12));
        learned.apply(20, 1, 1, values);
        assertThat(values.get(Parameters.ROOM)).isEqualTo(12f);
        learned.apply(74, 0, 0, values);
        assertThat(values.get(Parameters.ROOM)).isEqualTo(12f);
        assertThat(map.mappings()).hasSize(3);
    }

    @Test
    void aForgottenParameterStandsStill() {
        assertThat(map.forget(Parameters.GAIN).maps(75)).isFalse();
        assertThat(map.forget(Parameters.GAIN).mappings()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 7, 11, 32, 64, 101, 120, 128})
    void controllersWithAMeaningOfTheirOwnCannotBeMapped(int controller) {
        assertThatThrownBy(() -> new ControlMapping(controller, Parameters.ROOM, 0, 1)).isInstanceOf(
                IllegalArgumentException.class);
    }

    @Test
    void aMappingStaysInTheRangeOfItsParameter() {
        assertThatThrownBy(() -> new ControlMapping(74, Parameters.ROOM, 0, 13)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ControlMapping(74, Parameters.ROOM, Float.NaN, 0)).isInstanceOf(
                IllegalArgumentException.class);
    }
}
