package org.chanterelle.train.vocoder;

import org.chanterelle.train.TrainingResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.vocoder.ParallelConfig;
import org.chanterelle.model.vocoder.VocoderFolder;
import org.chanterelle.model.vocoder.WaveNetConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.vocoder.VocoderTrainingConfig.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VocoderTrainerTest {
    @TempDir
    Path folder;

    private final List<LossPoint> points = new ArrayList<>();
    private long resumedAt;

    @BeforeEach
    void writeTones() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        for (int file = 0; file < 3; file++) {
            float[] tone = new float[24_000];
            for (int i = 0; i < tone.length; i++) {
                tone[i] = (float) (0.3 * Math.sin(2 * Math.PI * (300 + 100 * file) * i / 16_000.0));
            }
            AudioWriter.write(folder.resolve("data").resolve(file + ".wav"), AudioClip.mono(tone, 16_000), false);
        }
    }

    private static VocoderTrainingConfig config(Kind kind) {
        VocoderTrainingConfig d = VocoderTrainingConfig.defaults(kind);
        return new VocoderTrainingConfig(d.description(), d.licence(), new ParallelConfig(16, 24, 1, 3),
                new WaveNetConfig(4, 4, 8, 12, 6), 2, 8, 5e-3, 1e-3, 5, 0.3, 0.05, 5, 3, 10, 2, 1, List.of());
    }

    private TrainingResult train(Kind kind, Path out, long steps) {
        VocoderTrainer.Request request = new VocoderTrainer.Request(kind, folder.resolve("data"), out, config(kind), steps, 0,
                false, "test");
        return new VocoderTrainer(request, watcher()).run();
    }

    private VocoderTrainer.Listener watcher() {
        return new VocoderTrainer.Listener() {
            @Override
            public void reading(double share) {
                assertThat(share).isBetween(0.0, 1.0);
            }

            @Override
            public void loaded(double trainMinutes, double validMinutes, long resumedAtStep) {
                assertThat(trainMinutes).isPositive();
                assertThat(validMinutes).isPositive();
                resumedAt = resumedAtStep;
            }

            @Override
            public void step(long step, double loss, double share, double secondsLeft) {
                assertThat(loss).isFinite();
            }

            @Override
            public void checkpoint(LossPoint point, boolean best) {
                points.add(point);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void learnsAndLeavesAModel(Kind kind) {
        Path out = folder.resolve("model");
        TrainingResult result = train(kind, out, 40);
        assertThat(result.steps()).isEqualTo(40);
        assertThat(result.skippedSteps()).isZero();
        assertThat(points.getLast().validLoss()).isLessThan(points.getFirst().validLoss());
        VocoderFolder model = VocoderFolder.load(out);
        assertThat(model.card().name()).isEqualTo("model");
        assertThat(model.card().network().weightShapes().keySet()).isEqualTo(model.weights().keySet());
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedRunGoesOnAsIfItHadNot(Kind kind) throws IOException {
        train(kind, folder.resolve("whole"), 20);
        assertThat(resumedAt).isZero();
        copyCheckpointOf10(kind);
        train(kind, folder.resolve("stopped"), 20);
        assertThat(resumedAt).isEqualTo(10);
        assertThat(Files.readAllBytes(folder.resolve("stopped").resolve("weights.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve("weights.safetensors")));
    }

    /** A run of the same plan, stopped after its first checkpoint. */
    private void copyCheckpointOf10(Kind kind) {
        VocoderTrainer.Request request = new VocoderTrainer.Request(kind, folder.resolve("data"), folder.resolve("stopped"),
                config(kind), 20, 0, false, "test");
        VocoderTrainer.Listener stopper = new VocoderTrainer.Listener() {
            @Override
            public void reading(double share) {
                assertThat(share).isNotNegative();
            }

            @Override
            public void loaded(double trainMinutes, double validMinutes, long resumedAtStep) {
                assertThat(resumedAtStep).isZero();
            }

            @Override
            public void step(long step, double loss, double share, double secondsLeft) {
                if (step == 11) {
                    throw new UserError("stopped");
                }
            }

            @Override
            public void checkpoint(LossPoint point, boolean best) {
                assertThat(point.step()).isEqualTo(10);
            }
        };
        assertThatThrownBy(() -> new VocoderTrainer(request, stopper).run()).hasMessage("stopped");
    }

    @Test
    void anEmptyFolderIsToldInOneLine() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        VocoderTrainer.Request request = new VocoderTrainer.Request(Kind.PARALLEL, empty, folder.resolve("x"),
                config(Kind.PARALLEL), 1, 0, false, "test");
        assertThatThrownBy(() -> new VocoderTrainer(request, watcher()).run()).isInstanceOf(UserError.class)
                .hasMessageContaining("no WAV, FLAC, AIFF or Ogg files");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void aWrongSettingIsNamed() throws IOException {
        Path json = folder.resolve("config.json");
        Files.writeString(json, "{\"parallel\": {\"kernel\": 4}}");
        assertThatThrownBy(() -> VocoderTrainingConfig.read(json, Kind.PARALLEL)).isInstanceOf(UserError.class)
                .hasMessageContaining("parallel.kernel");
        Files.writeString(json, "{\"kernels\": 4}");
        assertThatThrownBy(() -> VocoderTrainingConfig.read(json, Kind.PARALLEL)).isInstanceOf(UserError.class)
                .hasMessageContaining("kernels");
    }
}
