package org.chanterelle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.chanterelle.evaluate.synthetic.Syllable.note;
import static org.chanterelle.evaluate.synthetic.Syllable.pause;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.chanterelle.analysis.Timing;
import org.chanterelle.evaluate.synthetic.FormantSinger;
import org.chanterelle.evaluate.synthetic.Syllable.Onset;
import org.chanterelle.evaluate.synthetic.Vowel;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.HarmonicNoiseEngine;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalibratorTest {
    private static final int RATE = 48_000;

    @TempDir
    static Path folder;

    private static ModelFolder model;
    private static float[] sung;

    @BeforeAll
    static void sings() {
        model = ModelFolder.load(TestModels.write(folder.resolve("model"), TestModels.smallConfig(), 7));
        sung = new FormantSinger(RATE, 3).sing(List.of(
                pause(Onset.REST, 60, 0.5), note(Onset.S, Vowel.A, 60, 1.2, -6), note(Onset.LEGATO, Vowel.E, 64, 1.2, -6),
                note(Onset.L, Vowel.O, 67, 1.2, -4), pause(Onset.REST, 64, 0.4), note(Onset.L, Vowel.A, 64, 1.2, -6),
                note(Onset.LEGATO, Vowel.I, 60, 1.3, -8).vibrato(40))).audio();
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void aClipOfAnyLevelSoundsEquallyLoudOnceItsInputIsCalibrated(Timing timing) {
        double[] dbfs = {-30, -18, -6};
        double[] heard = new double[dbfs.length];
        for (int i = 0; i < dbfs.length; i++) {
            float[] clip = Levels.scaled(sung, dbfs[i] - Levels.peakDbfs(sung));
            InputCalibration input = calibrate(noise(-66, 3), mix(clip, noise(-66, 7)));
            heard[i] = Levels.rmsDbfs(play(mix(clip, noise(-66, 7)), input, timing));
        }
        assertThat(heard[0]).isCloseTo(heard[1], within(1.0)).isGreaterThan(-60);
        assertThat(heard[2]).isCloseTo(heard[1], within(1.0));
    }

    @Test
    void singingComesToTheLevelOfTrainingSetsAndItsMeanIsTold() {
        InputCalibration quiet = calibrate(new float[3 * RATE], Levels.scaled(sung, -20));
        InputCalibration loud = calibrate(new float[3 * RATE], sung);
        assertThat(quiet.gainDb() - loud.gainDb()).isCloseTo(20, within(1e-3));
        assertThat(quiet.meanLoudnessDb()).isCloseTo(loud.meanLoudnessDb(), within(0.01)).isBetween(-25.0, 10.0);
        assertThat(quiet.outputDb()).isZero();
    }

    @Test
    void theGateOpensAboveTheRoom() {
        InputCalibration silent = calibrate(new float[3 * RATE], sung);
        InputCalibration noisy = calibrate(noise(-40, 3), mix(sung, noise(-40, 7)));
        assertThat(silent.openDb()).isEqualTo(-36);
        assertThat(noisy.openDb()).isBetween(-30.0, -5.0).isLessThan(noisy.meanLoudnessDb());
        assertThat(noisy.closeDb()).isLessThan(noisy.openDb());
    }

    @Test
    void itTellsWhatItListensTo() {
        Calibrator calibrator = new Calibrator(RATE);
        assertThat(calibrator.phase()).isEqualTo(Calibrator.Phase.ROOM);
        assertThat(calibrator.secondsLeft()).isEqualTo(3);
        calibrator.process(new float[4 * RATE], 0, 4 * RATE);
        assertThat(calibrator.phase()).isEqualTo(Calibrator.Phase.VOICE);
        assertThat(calibrator.secondsLeft()).isEqualTo(6);
        assertThatThrownBy(calibrator::result).isInstanceOf(IllegalStateException.class);
        calibrator.process(new float[7 * RATE], 0, 7 * RATE);
        assertThat(calibrator.phase()).isEqualTo(Calibrator.Phase.DONE);
    }

    @Test
    void silenceIsRefused() {
        assertRefused(new float[3 * RATE], new float[7 * RATE], "silence");
    }

    @Test
    void clippingIsRefused() {
        float[] hot = Levels.scaled(sung, 20);
        for (int i = 0; i < hot.length; i++) {
            hot[i] = Math.clamp(hot[i], -1f, 1f);
        }
        assertRefused(noise(-66, 3), hot, "clipped");
    }

    @Test
    void noiseInsteadOfSingingIsRefused() {
        assertRefused(noise(-66, 3), noise(-30, 7), "no pitch found");
    }

    @Test
    void aRoomAsLoudAsTheVoiceIsRefused() {
        assertRefused(noise(-20, 3), mix(sung, noise(-20, 7)), "louder than the room");
    }

    private static void assertRefused(float[] room, float[] voice, String why) {
        assertThatThrownBy(() -> calibrate(room, voice)).isInstanceOf(UserError.class).hasMessageContaining(why)
                .hasMessageEndingWith("then calibrate again.").message().hasLineCount(1);
    }

    private static InputCalibration calibrate(float[] room, float[] voice) {
        Calibrator calibrator = new Calibrator(RATE);
        calibrator.process(room, 0, room.length);
        float[] seven = Arrays.copyOf(voice, 7 * RATE);
        for (int at = 0; at < seven.length; at += 1000) {
            calibrator.process(seven, at, 1000);
        }
        return calibrator.result();
    }

    /** Through tracker, network and synthesiser. */
    private static float[] play(float[] mono, InputCalibration input, Timing timing) {
        DecoderWeights weights = new DecoderWeights(model);
        VectorTimbreDecoder decoder = new VectorTimbreDecoder(weights);
        double controlHz = weights.config().controlRateHz();
        VoiceTracker tracker = new VoiceTracker(RATE, controlHz, timing, model.card().normalisation());
        tracker.calibrate(input);
        HarmonicNoiseEngine engine = new HarmonicNoiseEngine(new HarmonicNoiseConfig(
                weights.config().harmonics(), weights.config().noiseBands(), weights.config().sampleRateHz(), controlHz, 1));
        engine.prepare(RATE, 1024);
        SynthControls controls = decoder.newControls();
        float[] out = new float[mono.length];
        int[] at = new int[1];
        tracker.process(mono, 0, mono.length, frame -> {
            decoder.step(frame.features, controls);
            frame.apply(controls);
            engine.push(controls);
            int count = Math.min(engine.framesToNextControl(), out.length - at[0]);
            engine.render(out, at[0], count);
            at[0] += count;
        });
        return out;
    }

    private static float[] noise(double dbfs, double seconds) {
        Random random = new Random(5);
        float[] noise = new float[(int) (seconds * RATE)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return Levels.atRms(noise, dbfs);
    }

    private static float[] mix(float[] a, float[] b) {
        float[] sum = Arrays.copyOf(a, b.length);
        for (int i = 0; i < b.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
