package org.chanterelle.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimbreTrainerTest {
    private static final int RATE = 16000;
    private static final double LOSS_TO_LEARN = 11.0;

    @TempDir
    Path folder;

    private Path data;
    private Path config;

    @BeforeEach
    void makeRecordings() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        AudioWriter.write(data.resolve("pluck.wav"), mono(plucks(6)), false);
        config = folder.resolve("config.json");
        Files.writeString(config, """
                {"network": {"units": 32, "harmonics": 20, "noiseBands": 17, "controlRateHz": 100, "reverbTaps": 800},
                 "batch": 2, "cropSeconds": 0.5, "contextSeconds": 0.1, "checkpointSteps": 20, "learningRate": 0.003}
                """);
    }

    private static AudioClip mono(float[] audio) {
        return new AudioClip(new float[][] {audio}, RATE);
    }

    /** Frequency-modulated plucks over a little noise: a bright attack that mellows as it decays. */
    private static float[] plucks(int notes) {
        int length = RATE * 3 / 4;
        float[] audio = new float[notes * length];
        SplittableRandom random = new SplittableRandom(1);
        for (int note = 0; note < notes; note++) {
            double f0Hz = 220.0 * Math.pow(2.0, (note * 5 % 12) / 12.0);
            for (int n = 0; n < length; n++) {
                double t = (double) n / RATE;
                double decay = Math.exp(-4.0 * t);
                double modulator = 3.0 * decay * Math.sin(2 * Math.PI * f0Hz * t);
                audio[note * length
                        + n] = (float) (0.5 * Math.min(1.0, t / 0.01) * decay * Math.sin(2 * Math.PI * f0Hz * t + modulator)
                                + random.nextDouble(-1e-3, 1e-3));
            }
        }
        return audio;
    }

    private TimbreTrainer.Result train(String out, long steps, TimbreTrainer.Listener listener) {
        return new TimbreTrainer(
                new TimbreTrainer.Request(data, folder.resolve(out), TrainingConfig.read(config), steps, 0, false, "test"),
                listener)
                .run();
    }

    /** Keeps every loss; stops with an exception at a step, as a kill would. */
    private static final class Recorder implements TimbreTrainer.Listener {
        final List<Double> losses = new ArrayList<>();
        private final long killAfter;

        Recorder(long killAfter) {
            this.killAfter = killAfter;
        }

        @Override
        public void reading(String file) {
            assertThat(file).endsWith(".wav");
        }

        @Override
        public void loaded(TimbreDataset dataset, long resumedAtStep) {
            assertThat(dataset.train()).isNotEmpty();
        }

        @Override
        public void step(long step, double loss, double share, double secondsLeft) {
            losses.add(loss);
            if (step == killAfter) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void checkpoint(LossPoint point, boolean best) {
            assertThat(point.validLoss()).isFinite();
        }
    }

    @Test
    void learnsAFrequencyModulatedPluck() {
        Recorder recorder = new Recorder(-1);
        TimbreTrainer.Result result = train("pluck", 160, recorder);
        double atStart = recorder.losses.subList(0, 5).stream().mapToDouble(d -> d).average().orElseThrow();
        double atEnd = recorder.losses.subList(150, 160).stream().mapToDouble(d -> d).average().orElseThrow();
        assertThat(atEnd).as("from %f", atStart).isLessThan(0.6 * atStart).isLessThan(LOSS_TO_LEARN);
        assertThat(result.training().skippedSteps()).isZero();
        ModelFolder model = ModelFolder.load(folder.resolve("pluck"));
        assertThat(model.card().training().steps()).isEqualTo(result.training().bestStep());
        assertThat(folder.resolve("pluck/training/loss.csv")).isNotEmptyFile();
        assertThat(folder.resolve("pluck/training/loss.png")).isNotEmptyFile();
        assertThat(folder.resolve("pluck/training/example.wav")).isNotEmptyFile();
    }

    @Test
    void goesOnAfterAKillWithTheSameLossCurve() {
        Recorder unbroken = new Recorder(-1);
        train("unbroken", 40, unbroken);
        assertThatThrownBy(() -> train("broken", 40, new Recorder(27))).hasMessage("killed");
        Recorder resumed = new Recorder(-1);
        train("broken", 40, resumed);
        assertThat(resumed.losses).hasSize(20);
        for (int i = 0; i < 20; i++) {
            // PyTorch's kernels round differently with the alignment of fresh memory, so equal only to the first few digits.
            assertThat(resumed.losses.get(i)).as("step %d", 21 + i).isCloseTo(unbroken.losses.get(20 + i),
                    withinPercentage(i == 0 ? 0.05 : 1.0));
        }
    }

    @Test
    void namesAndSkipsRecordingsItCannotUse() throws IOException {
        AudioWriter.write(data.resolve("silent.wav"), mono(new float[2 * RATE]), false);
        AudioWriter.write(data.resolve("short.wav"), mono(Arrays.copyOf(plucks(1), RATE / 2)), false);
        float[] clipped = plucks(4);
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = Math.max(-1f, Math.min(1f, 8f * clipped[i]));
        }
        AudioWriter.write(data.resolve("clipped.wav"), mono(clipped), false);
        Files.writeString(data.resolve("text.wav"), "this is no recording");
        TimbreTrainer.Result result = train("some", 1, new Recorder(-1));
        assertThat(result.skippedFiles()).hasSize(4);
        assertThat(result.skippedFiles().get(0)).contains("clipped.wav").contains("clipped");
        assertThat(result.skippedFiles().get(1)).contains("short.wav").contains("expected at least");
        assertThat(result.skippedFiles().get(2)).contains("silent.wav").contains("silent");
        assertThat(result.skippedFiles().get(3)).contains("text.wav");
    }

    @Test
    void saysInOneLineWhyItCannotTrain() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        TrainingConfig settings = TrainingConfig.read(config);
        assertThatThrownBy(
                () -> new TimbreTrainer(new TimbreTrainer.Request(empty, folder.resolve("x"), settings, 1, 0, false, ""),
                        new Recorder(-1)).run())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nothing to train on");
        Files.writeString(config, "{\"network\": {\"unit\": 32}}");
        assertThatThrownBy(() -> TrainingConfig.read(config)).isInstanceOf(UserError.class).hasMessageContaining("network.unit");
        Files.writeString(config, "{\"network\": {\"controlRateHz\": 333}}");
        assertThatThrownBy(() -> TrainingConfig.read(config)).isInstanceOf(UserError.class).hasMessageContaining("divisor");
    }

    @Test
    void refusesToGoOnWithAnotherNetwork() throws IOException {
        train("same", 1, new Recorder(-1));
        Files.writeString(config, Files.readString(config).replace("\"units\": 32", "\"units\": 16"));
        assertThatThrownBy(() -> train("same", 2, new Recorder(-1))).isInstanceOf(UserError.class)
                .hasMessageContaining("another network configuration");
    }
}
