package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.chanterelle.rt.dsp.SmoothedValue;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterSmootherTest {
    private static final int RATE_HZ = 48_000;

    private final ParameterValues targets = new ParameterValues();
    private final ParameterValues present = new ParameterValues();
    private final ParameterSmoother smoother = new ParameterSmoother(targets, present);

    @ParameterizedTest
    @ValueSource(ints = {1, 48, 127, 480})
    void aMoveIsTheSameInAnyBlocks(int frames) {
        targets.set(Parameters.TUNING, 440);
        smoother.prepare(RATE_HZ);
        SmoothedValue reference = new SmoothedValue(0.02, RATE_HZ, 440);
        targets.set(Parameters.TUNING, 460);
        reference.moveTo(460);
        for (int done = 0; done < RATE_HZ / 20; done += frames) {
            smoother.advance(frames);
            float expected = 0;
            for (int n = 0; n < frames; n++) {
                expected = reference.next();
            }
            assertThat(present.get(Parameters.TUNING)).isCloseTo(expected, within(0.02f));
        }
    }

    @Test
    void arrivesExactly() {
        smoother.prepare(RATE_HZ);
        targets.set(Parameters.GAIN, -13.7f);
        for (int block = 0; block < 100; block++) {
            smoother.advance(128);
        }
        assertThat(present.get(Parameters.GAIN)).isEqualTo(-13.7f);
    }

    @Test
    void whatIsNotSmoothedIsThereAtOnce() {
        smoother.prepare(RATE_HZ);
        targets.set(Parameters.OCTAVE, 2);
        smoother.advance(1);
        assertThat(present.get(Parameters.OCTAVE)).isEqualTo(2f);
    }

    @Test
    void aPreparedDeviceBeginsWhereThingsWereSet() {
        targets.set(Parameters.ROOM, -20);
        smoother.prepare(RATE_HZ);
        assertThat(present.get(Parameters.ROOM)).isEqualTo(-20f);
    }
}
