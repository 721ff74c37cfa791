package org.chanterelle.train.jukebox;

import org.chanterelle.train.TrainingResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VqVaeTrainerTest {
    @TempDir
    Path folder;
    private Path data;
    private VqVaeTrainingConfig config;
    private final List<LossPoint> points = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        AudioWriter.write(data.resolve("left-and-right.wav"),
                new AudioClip(new float[][] {tone(220, 48000), tone(330, 48000)}, 24000), false);
        AudioWriter.write(data.resolve("low.wav"), AudioClip.mono(tone(110, 16000), 8000), false);
        Path json = folder.resolve("config.json");
        Files.writeString(json, """
                {"network": {"sampleRateHz": 8000, "downs": [2, 1], "width": 6, "depth": 1, "multipliers": [1, 1],
                             "embedding": 4, "codes": 8},
                 "batch": 2, "cropSeconds": 0.3, "checkpointSteps": 4, "validCrops": 3, "learningRate": 3e-3,
                 "finalLearningRate": 3e-3, "warmUpSteps": 2}
                """);
        config = VqVaeTrainingConfig.read(json);
    }

    @Test
    void learnsAndLeavesAModelThatLoads() {
        TrainingResult result = train("learned", config, 1, 24);
        assertThat(result.steps()).isEqualTo(24);
        assertThat(points.getLast().validLoss()).isLessThan(points.getFirst().validLoss());
        VqVaeFolder model = VqVaeFolder.load(folder.resolve("learned"));
        assertThat(model.card().config().hop()).isEqualTo(8);
        assertThat(model.card().metrics()).containsKeys("validation_spectral_convergence_db", "validation_codes_used");
    }

    @Test
    void aRunThatWasStoppedGoesOnToTheSameBytes() throws IOException {
        train("whole", config, 0, 8);
        train("stopped", config, 0, 4);
        train("stopped", config, 0, 8);
        assertThat(folder.resolve("stopped/weights.safetensors")).hasSameBinaryContentAs(
                folder.resolve("whole/weights.safetensors"));
        assertThatThrownBy(() -> train("stopped", config, 1, 12)).isInstanceOf(UserError.class)
                .hasMessageContaining("another network configuration");
    }

    @Test
    void aTrainedLevelIsGoneOnFromWithItsCodes() throws IOException {
        train("first", config, 1, 24);
        VqVaeFolder first = VqVaeFolder.load(folder.resolve("first"));
        double begun = points.getFirst().validLoss();
        double reached = points.getLast().validLoss();
        train("second", config, 1, first.path(), 4);
        assertThat(points.getFirst().validLoss()).isLessThan((begun + reached) / 2);
        train("stopped", config, 1, first.path(), 4);
        train("stopped", config, 1, null, 8);
        train("whole", config, 1, first.path(), 8);
        assertThat(folder.resolve("stopped/weights.safetensors")).hasSameBinaryContentAs(
                folder.resolve("whole/weights.safetensors"));
        assertThatThrownBy(() -> train("other", config, 0, first.path(), 4)).isInstanceOf(UserError.class)
                .hasMessageContaining("another network");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void withoutSpectralLossAndRestartsItIsAnotherTraining() throws IOException {
        train("as-published", config, 1, 4);
        train("ablated", config.with(0.0, false, null, null), 1, 4);
        assertThat(Files.readAllBytes(folder.resolve("ablated/weights.safetensors")))
                .isNotEqualTo(Files.readAllBytes(folder.resolve("as-published/weights.safetensors")));
        VqVaeConfig few = config.with(null, null, 4, null).model(1);
        assertThat(few.codes()).isEqualTo(4);
    }

    @Test
    void aFinishedModelWithoutItsCheckpointIsNotOverwritten() throws IOException {
        Path out = Files.createDirectories(folder.resolve("finished"));
        Files.writeString(out.resolve(ModelFolder.CARD), "{}");
        assertThatThrownBy(() -> train("finished", config, 0, 4)).isInstanceOf(UserError.class)
                .hasMessageContaining("holds a finished model");
    }

    @Test
    void stereoIsMixedByChanceAndEvenlyToJudgeBy() {
        Recording recording = Recording.of("two", new float[][] {filled(0.5f), filled(-0.25f)});
        float[] crop = new float[4];
        recording.crop(0, crop, 0, 4, null);
        assertThat(crop).containsOnly(0.125f);
        SplittableRandom random = new SplittableRandom(1);
        double[] mixes = new double[200];
        for (int i = 0; i < mixes.length; i++) {
            recording.crop(0, crop, 0, 4, random);
            mixes[i] = crop[0];
        }
        assertThat(Arrays.stream(mixes).min().orElseThrow()).isBetween(-0.25, -0.15);
        assertThat(Arrays.stream(mixes).max().orElseThrow()).isBetween(0.4, 0.5);
    }

    @Test
    void theLossHasTheGradientOfFiniteDifferences() {
        VqVaeLoss loss = new VqVaeLoss(config.with(null, null, null, null), new VqVaeLoss.Scale(0.1, 20));
        float[] wanted = tone(100, 2 * 1200);
        float[] sound = tone(130, 2 * 1200);
        float[] gradient = new float[sound.length];
        loss.apply(sound, wanted, 2, gradient);
        for (int i : new int[] {100, 700, 1500, 2300}) {
            float kept = sound[i];
            sound[i] = kept + 1e-2f;
            double up = loss.apply(sound, wanted, 2, null);
            sound[i] = kept - 1e-2f;
            double down = loss.apply(sound, wanted, 2, null);
            sound[i] = kept;
            assertThat((double) gradient[i]).isCloseTo((up - down) / 2e-2, org.assertj.core.api.Assertions.within(
                    0.05 * Math.abs(gradient[i]) + 2e-4));
        }
    }

    private static float[] filled(float value) {
        float[] values = new float[8];
        Arrays.fill(values, value);
        return values;
    }

    private TrainingResult train(String name, VqVaeTrainingConfig settings, int level, long steps) {
        return train(name, settings, level, null, steps);
    }

    private TrainingResult train(String name, VqVaeTrainingConfig settings, int level, Path from, long steps) {
        points.clear();
        return new VqVaeTrainer(
                new VqVaeTrainer.Request(data, folder.resolve(name), settings, level, from, steps, 0, false, "test"),
                new Quiet()).run();
    }

    private static float[] tone(double hz, int frames) {
        float[] tone = new float[frames];
        for (int i = 0; i < frames; i++) {
            tone[i] = (float) (0.4 * Math.sin(2 * Math.PI * hz * i / 8000.0));
        }
        return tone;
    }

    private final class Quiet implements VqVaeTrainer.Listener {
        @Override
        public void reading(String name) {
            assertThat(name).endsWith(".wav");
        }

        @Override
        public void loaded(double trainMinutes, double validMinutes, List<String> skipped, VqVaeConfig network, long resumedAt) {
            assertThat(skipped).isEmpty();
        }

        @Override
        public void step(long step, double loss, double share, double secondsLeft) {
            assertThat(loss).isFinite();
        }

        @Override
        public void checkpoint(LossPoint point, double convergenceDb, int codesUsed, double entropyBits, boolean best) {
            points.add(point);
        }
    }
}
