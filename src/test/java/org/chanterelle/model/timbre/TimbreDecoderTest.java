package org.chanterelle.model.timbre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.train.Parameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimbreDecoderTest {
    private static final int FRAMES = 40;
    private static final TimbreConfig CONFIG = new TimbreConfig(24, 30, 17, 16000, 200, 0, 0, -5f, TimbreConfig.Skip.FEATURES);

    private NDManager manager;
    private TimbreDecoder decoder;

    @BeforeEach
    void makeDecoder() {
        manager = NDManager.newBaseManager();
        Map<String, NDArray> weights = Parameters.initialise(CONFIG, 7).lend(manager, false);
        decoder = new TimbreDecoder(CONFIG, weights);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray random(int clips, long seed, double from, double to) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[clips * FRAMES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
        return manager.create(values, new Shape(clips, FRAMES, 1));
    }

    @Test
    void manyOneFrameStepsEqualOneLongCall() {
        NDArray f0Hz = random(2, 1, 100, 2000);
        NDArray pitch = random(2, 2, -2, 2);
        NDArray loudness = random(2, 3, -2, 2);
        TimbreDecoder.Controls whole = decoder.forward(f0Hz, pitch, loudness, null);
        NDArray state = null;
        for (int i = 0; i < FRAMES; i++) {
            String at = ":, " + i + ":" + (i + 1);
            TimbreDecoder.Controls one = decoder.forward(f0Hz.get(at), pitch.get(at), loudness.get(at), state);
            state = one.state();
            close(one.amplitude(), whole.amplitude().get(at));
            close(one.harmonicDistribution(), whole.harmonicDistribution().get(at));
            close(one.noiseMagnitudes(), whole.noiseMagnitudes().get(at));
        }
    }

    private static void close(NDArray actual, NDArray expected) {
        assertThat(actual.sub(expected).abs().max().getFloat()).isLessThan(2e-6f);
    }

    @Test
    void theDistributionSumsToOneAndIsSilentAboveNyquist() {
        NDArray f0Hz = manager.create(new float[] {100f, 500f, 1000f, 7999f}, new Shape(1, 4, 1));
        NDArray zero = manager.zeros(new Shape(1, 4, 1));
        NDArray distribution = decoder.forward(f0Hz, zero, zero, null).harmonicDistribution();
        assertThat(distribution.sum(new int[] {2}).toFloatArray()).containsExactly(new float[] {1f, 1f, 1f, 1f}, within(1e-4f));
        int[] audible = {30, 15, 7, 1};
        for (int i = 0; i < audible.length; i++) {
            float[] row = distribution.get(0, i).toFloatArray();
            for (int k = 0; k < row.length; k++) {
                assertThat(row[k] > 0f).as("harmonic %d of frame %d", k + 1, i).isEqualTo(k < audible[i]);
            }
        }
    }
}
