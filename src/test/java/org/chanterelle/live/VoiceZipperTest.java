package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.chanterelle.analysis.Timing;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A controller's 128 steps, turned over its whole way in a second while a voice sings, sound as one movement. */
final class VoiceZipperTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 32;
    private static final int STEPS = 127;

    private static Instrument violin;

    @BeforeAll
    static void loadsTheViolin() {
        violin = StageBench.violin();
    }

    /** Over the ways that the shipped presets give their controllers. */
    @ParameterizedTest
    @CsvSource({"gain, -40, 6", "room, -40, 6", "dry, 0, 1", "loudness, -20, 20", "dynamics, 0, 1.5", "snap, 0, 1"})
    void stepsAreNotHeard(String id, float from, float to) {
        float[] continuous = swept(Parameters.byId(id), from, to, false);
        float[] stepped = swept(Parameters.byId(id), from, to, true);
        assertThat(Measure.differenceDb(stepped, continuous)).isBetween(-150.0, -60.0);
    }

    private static float[] swept(Parameter parameter, float from, float to, boolean inSteps) {
        InputCalibration input = InputCalibration.unknown(violin.card().normalisation());
        StageBench bench = new StageBench(LiveSound.ofVoice(violin, Timing.LIVE, input), RATE_HZ, BLOCK_FRAMES);
        // A tone whose pitch lies a little above a key, so that it can be drawn there.
        bench.microphone = frame -> 0.2f * (frame % 108 / 54f - 1);
        bench.beforeBlock = () -> {
            double share = Math.clamp((double) bench.now() / RATE_HZ - 0.5, 0, 1);
            double at = inSteps ? Math.rint(share * STEPS) / STEPS : share;
            bench.stage.values.set(parameter, (float) (from + at * (to - from)));
        };
        float[] heard = bench.play(1.6);
        return Arrays.copyOfRange(heard, RATE_HZ / 4, heard.length);
    }
}
