package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MfccTest {
    @Test
    void onlyTheZerothCoefficientKnowsTheLevel() {
        Random random = new Random(2);
        float[] quiet = new float[8000];
        float[] loud = new float[8000];
        for (int n = 0; n < quiet.length; n++) {
            quiet[n] = (float) random.nextGaussian() * 0.05f;
            loud[n] = 4 * quiet[n];
        }
        double[][] a = new Mfcc().of(quiet);
        double[][] b = new Mfcc().of(loud);
        for (int i = 0; i < a.length; i++) {
            assertThat(b[i][0] - a[i][0]).isCloseTo(Math.sqrt(40) * Math.log(16), within(1e-2));
            for (int k = 1; k < 40; k++) {
                assertThat(b[i][k]).isCloseTo(a[i][k], within(1e-2));
            }
        }
    }

    @Test
    void aSilentWindowHasTheFlooredLevelAndNoShape() {
        double[] silent = new Mfcc().of(new float[160])[0];
        assertThat(silent[0]).isCloseTo(Math.sqrt(40) * Math.log(1e-9), within(1e-6));
        assertThat(silent[1]).isCloseTo(0, within(1e-9));
    }
}
