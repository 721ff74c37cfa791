package org.chanterelle.train.sing;

import org.chanterelle.train.TrainingResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingTrainerTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private Path config;

    @BeforeAll
    static void makesNotes() {
        TestNotes.write(shared);
    }

    @BeforeEach
    void writesSettings() throws IOException {
        config = folder.resolve("config.json");
        Files.writeString(config, """
                {"network": {"channels": 24, "representation": 8, "lstmUnits": 16, "lstmLayers": 1, "instrumentSize": 3,
                             "pitchSize": 3},
                 "autoencoder": {"share": 2, "batch": 2, "cropFrames": 32, "learningRate": 0.003},
                 "sequence": {"share": 1, "batch": 2, "learningRate": 0.003},
                 "endToEnd": {"share": 1, "batch": 2, "cropFrames": 32, "learningRate": 0.003},
                 "truncationFrames": 100, "checkpointSteps": 5, "validNotes": 2, "gainDb": 6}
                """);
    }

    private TrainingResult train(String out, long steps, Recorder recorder) {
        return new SingTrainer(new SingTrainer.Request(
                shared, folder.resolve(out), SingTrainingConfig.read(config), steps, 0, false, "test"), recorder).run();
    }

    /** Keeps what it hears; stops with an exception at a step, as a kill would. */
    private static final class Recorder implements SingTrainer.Listener {
        final List<String> stages = new ArrayList<>();
        final List<Double> losses = new ArrayList<>();
        final List<Double> valid = new ArrayList<>();
        private final long killAfter;

        Recorder(long killAfter) {
            this.killAfter = killAfter;
        }

        @Override
        public void reading(double share) {
            assertThat(share).isBetween(0.0, 1.0);
        }

        @Override
        public void loaded(int trainNotes, int validNotes, int instruments, SingStage stage, long resumedAtStep) {
            assertThat(trainNotes).isEqualTo(12);
            assertThat(validNotes).isEqualTo(2);
            assertThat(instruments).isEqualTo(2);
        }

        @Override
        public void step(SingStage stage, long step, double loss, double share, double secondsLeft) {
            stages.add(stage.label());
            losses.add(loss);
            assertThat(share).isBetween(0.0, 1.0);
            if (step == killAfter) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void levelling(double share) {
            assertThat(share).isBetween(0.0, 1.0);
        }

        @Override
        public void checkpoint(SingStage stage, LossPoint point, boolean best) {
            valid.add(point.validLoss());
        }
    }

    @Test
    void learnsNotesInThreeStages() {
        Recorder recorder = new Recorder(-1);
        TrainingResult result = train("notes", 160, recorder);
        assertThat(recorder.stages).containsSubsequence("autoencoder", "sequence", "end-to-end");
        assertThat(recorder.stages.stream().filter("autoencoder"::equals)).hasSize(80);
        assertThat(mean(recorder.losses, 70, 80)).as("autoencoder").isLessThan(0.8 * mean(recorder.losses, 0, 5));
        assertThat(mean(recorder.losses, 110, 120)).as("sequence").isLessThan(0.8 * mean(recorder.losses, 80, 85));
        assertThat(mean(recorder.losses, 150, 160)).as("end to end").isLessThan(mean(recorder.losses, 120, 125));
        assertThat(result.skippedSteps()).isZero();
        SingFolder model = SingFolder.load(folder.resolve("notes"));
        assertThat(model.card().training().steps()).isEqualTo(result.bestStep());
        assertThat(model.card().instruments().getFirst().family()).isEqualTo("reed");
        assertThat(model.card().config().velocities()).containsExactly(50, 100);
        for (String file : List.of("loss-autoencoder.csv", "loss-sequence.png", "loss-end-to-end.csv", "example.wav",
                "autoencoder.safetensors")) {
            assertThat(folder.resolve("notes/training").resolve(file)).isNotEmptyFile();
        }
    }

    private static double mean(List<Double> values, int from, int to) {
        return values.subList(from, to).stream().mapToDouble(d -> d).average().orElseThrow();
    }

    @Test
    void goesOnAfterAKillInAnyStageAsIfThereHadBeenNone() {
        Recorder unbroken = new Recorder(-1);
        train("unbroken", 24, unbroken);
        assertThatThrownBy(() -> train("broken", 24, new Recorder(7))).hasMessage("killed");
        assertThatThrownBy(() -> train("broken", 24, new Recorder(14))).hasMessage("killed");
        assertThatThrownBy(() -> train("broken", 24, new Recorder(24))).hasMessage("killed");
        Recorder resumed = new Recorder(-1);
        train("broken", 24, resumed);
        // From the checkpoint at step 23, the fifth of the last stage.
        assertThat(resumed.stages).containsExactly("end-to-end");
        double expected = unbroken.losses.get(23);
        // PyTorch's kernels round differently with the alignment of fresh memory.
        assertThat(resumed.losses.getFirst()).isCloseTo(expected, within(2e-3 * expected));
        float[] a = SingFolder.load(folder.resolve("unbroken")).weights().get("dec.layers.2.weight").values();
        float[] b = SingFolder.load(folder.resolve("broken")).weights().get("dec.layers.2.weight").values();
        assertThat(b).containsExactly(a, org.assertj.core.api.Assertions.within(5e-3f));
    }

    @Test
    void shipsWhatItTrainedAtTheLevelOfTheNotes() {
        train("level", 4, new Recorder(-1));
        SingFolder model = SingFolder.load(folder.resolve("level"));
        SingState state = SingState.load(folder.resolve("level/training"), model.card().config());
        float trained = state.weights.tensors().get("dec.layers.6.conv_tr.weight").values()[17];
        float shipped = model.weights().get("dec.layers.6.conv_tr.weight").values()[17];
        assertThat(shipped).isCloseTo(trained / 1.9953f, within(1e-3f * Math.abs(trained)));
    }

    @Test
    void levelledItPlaysEachPitchAsLoudAsItsNote() throws IOException {
        train("plain", 12, new Recorder(-1));
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"levelled\": true, "));
        train("levelled", 12, new Recorder(-1));
        SingCard plain = SingFolder.load(folder.resolve("plain")).card();
        SingCard levelled = SingFolder.load(folder.resolve("levelled")).card();
        assertThat(plain.instruments()).allMatch(instrument -> instrument.levelsDb() == null);
        for (SingCard.Instrument instrument : levelled.instruments()) {
            assertThat(instrument.levelsDb()).hasSize(instrument.highestPitch() - instrument.lowestPitch() + 1);
            // A network of twelve steps is far too soft.
            assertThat(instrument.levelsDb()).allMatch(db -> db > 3);
        }
    }

    @Test
    void exportsNotesForTrainingElsewhere() throws IOException {
        Path file = folder.resolve("notes.gz");
        assertThat(NoteExport.write(shared, SingTrainingConfig.read(config), file, 0)).isEqualTo(20);
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(file))) {
            byte[] bytes = in.readAllBytes();
            int header = (int) java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
            assertThat(new String(bytes, 8, header, java.nio.charset.StandardCharsets.UTF_8)).contains("\\\"lstmUnits\\\":16");
            assertThat(bytes).hasSize(8 + header + 20 * (5 + 2 * 64_000));
        }
        assertThat(NoteExport.write(shared, SingTrainingConfig.read(config), file, 7)).isEqualTo(7);
    }

    @Test
    void saysInOneLineWhyItCannotTrain() throws IOException {
        assertRefused("--steps or --minutes", () -> train("x", 0, new Recorder(-1)));
        Files.writeString(config, "{\"network\": {\"chanels\": 3}}");
        assertRefused("network.chanels", () -> SingTrainingConfig.read(config));
        Files.writeString(config, "{\"network\": {\"kernel\": 1000}}");
        assertRefused("network.kernel is 1000", () -> SingTrainingConfig.read(config));
        Files.writeString(config, "{\"loss\": \"SMELL\"}");
        assertRefused("loss is null", () -> SingTrainingConfig.read(config));
        Files.writeString(config, "{\"sequence\": {\"batch\": 0}}");
        assertRefused("sequence.batch is 0", () -> SingTrainingConfig.read(config));
        Files.writeString(config, "{\"endToEnd\": {\"cropFrames\": 10}}");
        assertRefused("end-to-end.cropFrames is 10", () -> SingTrainingConfig.read(config));
    }

    @Test
    void refusesACheckpointOfAnotherNetworkAndADamagedOne() throws IOException {
        train("same", 4, new Recorder(-1));
        Path checkpoint = folder.resolve("same/training/state-4.safetensors");
        byte[] whole = Files.readAllBytes(checkpoint);
        Files.write(checkpoint, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused("damaged or incomplete checkpoint", () -> train("same", 8, new Recorder(-1)));
        Files.write(checkpoint, whole);
        Files.writeString(config, Files.readString(config).replace("\"channels\": 24", "\"channels\": 16"));
        assertRefused("another network configuration", () -> train("same", 8, new Recorder(-1)));
    }

    private static void assertRefused(String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UserError.class).hasMessageContaining(words).message().doesNotContain("\n");
    }
}
