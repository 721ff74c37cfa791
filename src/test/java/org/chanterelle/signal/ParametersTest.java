package org.chanterelle.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void everyParameterStandsAtItsIndex() {
        for (int i = 0; i < Parameters.ALL.size(); i++) {
            assertThat(Parameters.ALL.get(i).index()).isEqualTo(i);
        }
    }

    @Test
    void idsAreUniqueAndFound() {
        assertThat(Parameters.ALL.stream().map(Parameter::id)).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9-]+"));
        assertThat(Parameters.ALL).allMatch(parameter -> Parameters.byId(parameter.id()) == parameter);
        assertThat(Parameters.byId("nonsense")).isNull();
    }
}
