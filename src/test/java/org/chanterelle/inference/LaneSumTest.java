package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class LaneSumTest {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    @Test
    void addsHalvesToHalvesAlsoOnceItIsCompiled() {
        float[] values = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            values[i] = (float) Math.pow(-1.7, i) + 0.1f;
        }
        float[] sums = values.clone();
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[i + half];
            }
        }
        for (int round = 0; round < 50_000; round++) {
            assertThat(LaneSum.of(FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, values, 0))).isEqualTo(sums[0]);
        }
    }
}
