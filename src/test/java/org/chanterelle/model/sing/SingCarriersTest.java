package org.chanterelle.model.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SingCarriersTest {
    private static final int ROW = 5;

    private final SingConfig config = new SingConfig(16000, 64, 256, 5, 8, 40, 600, 8, 1, 2, 2, 2, 0, true, 60, 0.1, List.of("a"),
            60, 72,
            List.of(99));

    @Test
    void areWhatALappedTransformHearsOfTheNearestHarmonic() {
        SingCarriers carriers = new SingCarriers(config);
        float[] window = SingWindow.values(config.kernel());
        double f0 = 440 * Math.pow(2, (60 + ROW - 69) / 12.0);
        float[] cosines = new float[config.representation()];
        float[] sines = new float[config.representation()];
        for (int frame : new int[] {0, 1, 37}) {
            carriers.fill(ROW, frame, cosines, sines, 0);
            for (int band = 0; band < config.representation(); band++) {
                double middleHz = (band + 0.5) * config.sampleRateHz() / 2 / config.stride();
                double hz = f0 * Math.max(1, Math.round(middleHz / f0));
                double inPhase = 0;
                double quarterBehind = 0;
                for (int n = 0; n < config.kernel(); n++) {
                    double phase = 2 * Math.PI * hz * (frame * config.stride() + n) / config.sampleRateHz();
                    double heard = window[n] * SingCarriers.wave(band, n, config.stride()) * SingCarriers.ANALYSIS;
                    inPhase += heard * Math.cos(phase);
                    quarterBehind += heard * Math.sin(phase);
                }
                assertThat((double) cosines[band]).isCloseTo(inPhase, within(1e-5));
                assertThat((double) sines[band]).isCloseTo(quarterBehind, within(1e-5));
            }
        }
    }
}
