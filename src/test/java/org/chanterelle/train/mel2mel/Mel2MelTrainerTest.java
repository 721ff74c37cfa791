package org.chanterelle.train.mel2mel;

import org.chanterelle.train.TrainingResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.mel2mel.Mel2MelBlock;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.scores.TestScores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mel2MelTrainerTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void preparesScores() throws IOException {
        TestScores.prepare(shared.resolve("midi"), shared.resolve("scores"));
    }

    private TrainingResult train(String out, Mel2MelLoss loss, boolean conditioned, long steps, Recorder recorder) {
        return train(out, null, 24, loss, conditioned, steps, recorder);
    }

    private TrainingResult train(String out, String from, int units, Mel2MelLoss loss, boolean conditioned, long steps,
            Recorder recorder) {
        try {
            Path config = folder.resolve("config.json");
            Files.writeString(config, """
                    {"units": %d, "timbreSize": 3, "batch": 4, "frames": 64, "learningRate": 0.01, "checkpointSteps": 5,
                     "validClips": 3, "averageDecay": 0.5, "loss": "%s", "conditioned": %s}
                    """.formatted(units, loss, conditioned));
            return new Mel2MelTrainer(new Mel2MelTrainer.Request(List.of(shared.resolve("scores")), folder.resolve(out),
                    from == null ? null : folder.resolve(from),
                    Mel2MelTrainingConfig.read(config), steps, 0, false, "test"), recorder).run();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps what it hears; stops with an exception at a step, as a kill would. */
    private static final class Recorder implements Mel2MelTrainer.Listener {
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
        public void loaded(int trainClips, double trainMinutes, int validClips, int instruments, long resumedAtStep) {
            assertThat(trainClips).isEqualTo(4);
            assertThat(instruments).isEqualTo(2);
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
            valid.add(point.validLoss());
        }
    }

    private static double mean(List<Double> values, int from, int to) {
        return values.subList(from, to).stream().mapToDouble(d -> d).average().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void learnsByEachLoss(Mel2MelLoss loss) {
        Recorder recorder = new Recorder(-1);
        TrainingResult result = train("model", loss, true, 90, recorder);
        assertThat(result.skippedSteps()).isZero();
        assertThat(mean(recorder.losses, 80, 90)).isLessThan(0.85 * mean(recorder.losses, 0, 3));
        Mel2MelFolder model = Mel2MelFolder.load(folder.resolve("model"));
        assertThat(model.card().loss()).isEqualTo(loss.label());
        assertThat(model.card().config().instruments()).containsExactly("violin", "flute");
        assertThat(model.timbre(1)).hasSize(3);
        assertThat(folder.resolve("model/training/loss.csv")).isNotEmptyFile();
    }

    @Test
    void severalFoldersAreLearntAsOne() throws IOException {
        Path config = folder.resolve("two.json");
        Files.writeString(config, "{\"validClips\": 2}");
        Path scores = shared.resolve("scores");
        Mel2MelTrainingConfig settings = Mel2MelTrainingConfig.read(config);
        List<Double> shares = new ArrayList<>();
        Mel2MelData once = Mel2MelData.load(List.of(scores), settings, share -> {});
        Mel2MelData twice = Mel2MelData.load(List.of(scores, scores), settings, shares::add);
        assertThat(twice.trainClips()).isEqualTo(2 * once.trainClips());
        assertThat(twice.validClips()).isEqualTo(2);
        assertThat(twice.config()).isEqualTo(once.config());
        assertThat(shares).isSorted().last().isEqualTo(1.0);
    }

    @Test
    void thePublishedNetworkLearnsToo() {
        Recorder recorder = new Recorder(-1);
        train("model", Mel2MelLoss.TANH_LOG_ABS, false, 90, recorder);
        assertThat(mean(recorder.losses, 80, 90)).isLessThan(0.85 * mean(recorder.losses, 0, 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWiderNetworkBeginsWhereANarrowerOneWas(boolean conditioned) {
        Recorder narrow = new Recorder(-1);
        train("narrow", Mel2MelLoss.LOG_L1, conditioned, 40, narrow);
        Recorder fresh = new Recorder(-1);
        train("fresh", null, 40, Mel2MelLoss.LOG_L1, conditioned, 1, fresh);
        Recorder wide = new Recorder(-1);
        train("wide", "narrow", 40, Mel2MelLoss.LOG_L1, conditioned, 40, wide);
        assertThat(wide.losses.getFirst()).isLessThan(0.8 * fresh.losses.getFirst());
        assertThat(mean(wide.losses, 30, 40)).isLessThan(mean(narrow.losses, 30, 40));
        assertThat(Mel2MelFolder.load(folder.resolve("wide")).card().config().units()).isEqualTo(40);
        assertThatThrownBy(() -> train("narrower", "wide", 24, Mel2MelLoss.LOG_L1, conditioned, 1, new Recorder(-1)))
                .isInstanceOf(UserError.class).hasMessageContaining("40 units").hasMessageContaining("24 units");
    }

    @Test
    void wideningChangesNothingAtFirst() {
        Mel2MelConfig narrow = Mel2MelConfig.of(6, 2, List.of("violin", "flute"), List.of(40, 73));
        Mel2MelConfig wide = Mel2MelConfig.of(15, 2, narrow.instruments(), narrow.programs());
        Map<String, Tensor> weights = Mel2MelWeights.initialise(narrow, true, 5).tensors();
        Map<String, Tensor> widened = Widening.widen(narrow, weights, 15, 9);
        wide.weightShapes().forEach((name, shape) -> assertThat(widened.get(name).shape()).as(name).isEqualTo(shape));
        float[] before = spectrogram(narrow, weights);
        float[] after = spectrogram(wide, widened);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-5f));
        }
    }

    private static float[] spectrogram(Mel2MelConfig config, Map<String, Tensor> weights) {
        SplittableRandom random = new SplittableRandom(3);
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] roll = new float[2 * 9 * PianoRoll.ROWS];
            for (int i = 0; i < roll.length; i++) {
                roll[i] = random.nextFloat();
            }
            Mel2MelBlock block = new Mel2MelBlock(config, Parameters.of(weights).lend(manager, false));
            return block.forward(manager.create(roll, new Shape(2, 9, PianoRoll.ROWS)), block.timbres(manager, new int[] {1, 0}))
                    .toFloatArray();
        }
    }

    @Test
    void goesOnAfterAKillAsIfThereHadBeenNone() {
        Recorder whole = new Recorder(-1);
        train("whole", Mel2MelLoss.LOG_ABS, true, 12, whole);
        assertThatThrownBy(() -> train("broken", Mel2MelLoss.LOG_ABS, true, 12, new Recorder(7))).hasMessage("killed");
        Recorder rest = new Recorder(-1);
        train("broken", Mel2MelLoss.LOG_ABS, true, 12, rest);
        assertThat(rest.losses).isEqualTo(whole.losses.subList(5, 12));
        assertThat(rest.valid).isEqualTo(whole.valid.subList(1, 3));
        assertThatThrownBy(() -> {
            Files.delete(folder.resolve("broken/training/state.json"));
            train("broken", Mel2MelLoss.LOG_ABS, true, 12, new Recorder(-1));
        }).isInstanceOf(UserError.class).hasMessageContaining("finished model");
    }

    @Test
    void theNormalisationIsInTheShippedWeights() {
        Mel2MelConfig config = Mel2MelConfig.of(8, 2, List.of("a", "b"), List.of(0, 1));
        Parameters weights = Mel2MelWeights.initialise(config, true, 5);
        Mel2MelData.Bands bands = Mel2MelData.Bands.none();
        for (int band = 0; band < 80; band++) {
            bands.mean()[band] = -band / 10f;
            bands.deviation()[band] = 1 + band / 20f;
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            var roll = manager.randomUniform(0, 1, new Shape(1, 4, PianoRoll.ROWS));
            Map<String, ai.djl.ndarray.NDArray> plain = weights.lend(manager, false);
            Map<String, ai.djl.ndarray.NDArray> folded = new HashMap<>(
                    Parameters.of(Mel2MelWeights.folded(weights, bands)).lend(manager, false));
            var timbre = new Mel2MelBlock(config, plain).timbres(manager, new int[] {1});
            float[] expected = new Mel2MelBlock(config, plain).forward(roll, timbre)
                    .mul(manager.create(bands.deviation())).add(manager.create(bands.mean())).toFloatArray();
            assertThat(new Mel2MelBlock(config, folded).forward(roll, timbre).toFloatArray())
                    .containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void publishedRateIsHalved() {
        Mel2MelTrainingConfig published = Mel2MelTrainingConfig.defaults();
        assertThat(published.rate(39_999, 0.1)).isEqualTo(2e-3);
        assertThat(published.rate(40_000, 0.1)).isEqualTo(1e-3);
        assertThat(published.rate(80_000, 0.1)).isEqualTo(5e-4);
    }

    @Test
    void aFieldOutOfRangeIsNamed() throws IOException {
        Path config = folder.resolve("wrong.json");
        Files.writeString(config, "{\"frames\": 1}");
        assertThatThrownBy(() -> Mel2MelTrainingConfig.read(config)).isInstanceOf(UserError.class)
                .hasMessageContaining("frames is 1");
    }
}
