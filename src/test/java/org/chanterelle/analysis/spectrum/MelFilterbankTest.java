package org.chanterelle.analysis.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MelFilterbankTest {
    @Test
    void scalesAreTheirOwnInverses() {
        for (MelScale scale : MelScale.values()) {
            for (double hz : new double[] {0, 80, 999, 1000, 1001, 7600}) {
                assertThat(scale.toHz(scale.fromHz(hz))).isCloseTo(hz, within(1e-9));
            }
        }
        assertThat(MelScale.HTK.fromHz(1000)).isCloseTo(1000, within(0.1));
        assertThat(MelScale.SLANEY.fromHz(1000)).isCloseTo(15, within(1e-9));
        assertThat(MelScale.SLANEY.fromHz(6400)).isCloseTo(42, within(1e-9));
    }

    @Test
    void slaneyTrianglesHaveUnitArea() {
        double binHz = 16000.0 / 8192;
        for (double[] triangle : new MelFilterbank(MelConfig.slaney(20, 16000, 8192, 80, 7600)).weights()) {
            assertThat(Arrays.stream(triangle).sum() * binHz).isCloseTo(1.0, within(1e-2));
        }
    }

    @Test
    void neighbouringTrianglesShareEachFrequencyWholly() {
        for (MelConfig config : new MelConfig[] {
                MelConfig.htk(20, 16000, 1024, 0, 8000), MelConfig.tensorFlow(20, 16000, 1024, 0, 8000)
        }) {
            double[][] weights = new MelFilterbank(config).weights();
            for (int bin = 20; bin < 450; bin++) {
                double sum = 0;
                for (double[] triangle : weights) {
                    sum += triangle[bin];
                }
                assertThat(sum).isCloseTo(1.0, within(1e-9));
            }
        }
    }

    @Test
    void straightOverHzAndStraightOverMelDiffer() {
        double[][] hz = new MelFilterbank(MelConfig.htk(10, 16000, 512, 0, 8000)).weights();
        double[][] mel = new MelFilterbank(MelConfig.tensorFlow(10, 16000, 512, 0, 8000)).weights();
        assertThat(hz[9][200]).isNotCloseTo(mel[9][200], within(1e-3));
    }

    @Test
    void silenceGivesTheFloor() {
        LogMel mel = new LogMel(StftConfig.centred(256, 64), MelConfig.slaney(8, 16000, 256, 80, 7600), LogMel.Quantity.POWER,
                1e-9);
        for (double[] row : mel.of(new float[1000])) {
            assertThat(row).containsOnly(Math.log(1e-9));
        }
    }
}
