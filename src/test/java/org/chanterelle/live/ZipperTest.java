package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.driver.Driver;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.rt.AudioBlock;
import org.chanterelle.rt.AudioProcess;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter swept over its whole range in the 128 values of a controller sounds as if it were swept without steps. */
class ZipperTest {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK_FRAMES = 16;
    private static final int LEAD_FRAMES = RATE_HZ / 4;
    private static Instrument instrument;

    @BeforeAll
    static void loadsTheInstrument() {
        instrument = Instrument.of(ModelFolder.load(Path.of("models", "violin-16k")), 0.04, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gain", "room", "loudness", "vibrato-depth"})
    void stepsAreNotHeard(String id) {
        assertThat(differenceDb(Parameters.byId(id))).isBetween(-120.0, -60.0);
    }

    /** The first half step of a pitch leaves the whole rest some microseconds early or late: nobody hears that. */
    @ParameterizedTest
    @ValueSource(strings = {"tuning", "fine"})
    void stepsOfPitchLeaveOnlyADelay(String id) {
        float[] continuous = swept(Parameters.byId(id), 0);
        float[] difference = difference(swept(Parameters.byId(id), 127), continuous);
        double delaySeconds = takeDelay(difference, continuous) / RATE_HZ;
        assertThat(Math.abs(delaySeconds)).isLessThan(5e-6);
        assertThat(Levels.rmsDbfs(difference) - Levels.rmsDbfs(continuous)).isBetween(-120.0, -60.0);
    }

    /** And the first half step of a rate leaves the vibrato early or late, by the same reason. */
    @Test
    void stepsOfTheVibratosRateLeaveOnlyItsPhase() {
        assertThat(differenceDb(Parameters.VIBRATO_RATE)).isBetween(-120.0, -50.0);
    }

    private static double differenceDb(Parameter parameter) {
        float[] continuous = swept(parameter, 0);
        return Levels.rmsDbfs(difference(swept(parameter, 127), continuous)) - Levels.rmsDbfs(continuous);
    }

    private static float[] difference(float[] stepped, float[] continuous) {
        float[] difference = stepped.clone();
        for (int n = 0; n < difference.length; n++) {
            difference[n] -= continuous[n];
        }
        return difference;
    }

    /** Takes from a difference what one small delay of the whole explains, and returns that delay in frames. */
    private static double takeDelay(float[] difference, float[] signal) {
        double product = 0;
        double power = 0;
        for (int n = 1; n < signal.length - 1; n++) {
            product += difference[n] * slope(signal, n);
            power += slope(signal, n) * slope(signal, n);
        }
        for (int n = 1; n < signal.length - 1; n++) {
            difference[n] -= (float) (product / power * slope(signal, n));
        }
        return -product / power;
    }

    private static double slope(float[] signal, int n) {
        return (signal[n + 1] - signal[n - 1]) / 2;
    }

    /** A second of a held note with its vibrato, during which the parameter goes from end to end; in no steps when 0. */
    private static float[] swept(Parameter parameter, int steps) {
        HandDriver driver = new HandDriver();
        LiveSession session = new LiveSession(driver, LiveSound.ofKeys(instrument), 1);
        session.values().set(Parameters.SHAPING, 0);
        driver.start(session.process());
        AudioBlock block = new AudioBlock(BLOCK_FRAMES);
        block.frames = BLOCK_FRAMES;
        block.midiIn.add(0, 0xb0, 1, 127);
        block.midiIn.add(0, 0x90, 69, 100);
        float[] heard = new float[LEAD_FRAMES + RATE_HZ];
        for (int n = 0; n < heard.length; n += BLOCK_FRAMES) {
            double share = Math.max(0, (double) (n - LEAD_FRAMES) / RATE_HZ);
            double at = steps == 0 ? share : Math.rint(share * steps) / steps;
            session.values().set(parameter, (float) (parameter.min() + at * (parameter.max() - parameter.min())));
            driver.process.processInStep(block);
            System.arraycopy(block.left, 0, heard, n, BLOCK_FRAMES);
            block.midiIn.clear();
            block.frameTime += BLOCK_FRAMES;
        }
        return Arrays.copyOfRange(heard, LEAD_FRAMES, heard.length);
    }

    /** Calls nothing by itself. */
    private static final class HandDriver implements Driver {
        private AudioProcess process;

        @Override
        public void start(AudioProcess toCall) {
            process = toCall;
            toCall.prepare(RATE_HZ, BLOCK_FRAMES);
        }

        @Override
        public double sampleRateHz() {
            return RATE_HZ;
        }

        @Override
        public int blockFrames() {
            return BLOCK_FRAMES;
        }

        @Override
        public String name() {
            return "by hand";
        }

        @Override
        public void latencyChanged() {}

        @Override
        public List<String> news() {
            return List.of();
        }

        @Override
        public boolean isRunning() {
            return process != null;
        }

        @Override
        public void close() {}
    }
}
