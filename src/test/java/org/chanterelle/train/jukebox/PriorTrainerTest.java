package org.chanterelle.train.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.evaluate.jukebox.EvaluatePrior;
import org.chanterelle.evaluate.jukebox.Shuffle;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.jukebox.Lyrics;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorFolder;
import org.chanterelle.model.jukebox.TestVqVaeModels;
import org.chanterelle.model.jukebox.TransformerConfig;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.music.MusicFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorTrainerTest {
    @TempDir
    Path folder;
    private Path data;
    private Path fine;
    private Path coarse;
    private PriorTrainingConfig config;
    private final List<LossPoint> points = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        data = TestMusic.write(folder.resolve("data"));
        fine = TestVqVaeModels.write(folder.resolve("fine"), TestVqVaeModels.small(), 1);
        coarse = TestVqVaeModels.write(folder.resolve("coarse"),
                new VqVaeConfig(16000, 2, List.of(2, 1, 1), 5, 2, 3, 0, 4, 16), 2);
        Path json = folder.resolve("config.json");
        Files.writeString(json, """
                {"context": 64, "transformer": {"width": 16, "depth": 3, "heads": 2, "attentionWidth": 8, "mlpWidth": 16,
                 "blocks": 8}, "timingBins": 8, "upper": {"width": 8, "depth": 2},
                 "lyrics": {"characters": 12, "transformer": {"width": 8, "depth": 2, "heads": 2, "attentionWidth": 4,
                 "mlpWidth": 8, "blocks": 3, "patterns": ["ROW", "COLUMN"]}, "every": 2, "skip": 0},
                 "initialScale": 4, "batch": 2, "checkpointSteps": 6, "validWindows": 6, "learningRate": 3e-3,
                 "finalLearningRate": 3e-3, "warmUpSteps": 2}
                """);
        config = PriorTrainingConfig.read(json);
    }

    @Test
    void aPriorLearnsAndLeavesAModelThatLoads() {
        TrainingResult result = train("prior", null, null, false, 24);
        assertThat(result.steps()).isEqualTo(24);
        assertThat(points.getLast().validLoss()).isLessThan(points.getFirst().validLoss());
        PriorConfig network = PriorFolder.load(folder.resolve("prior")).card().config();
        assertThat(network.artists()).containsExactly("unknown", "Ann", "Ben");
        assertThat(network.genres()).containsExactly("unknown", "high", "low");
        assertThat(network.maxSeconds()).isEqualTo(1);
    }

    @Test
    void aRunThatWasStoppedGoesOnToTheSameBytes() {
        train("whole", null, null, false, 12);
        train("stopped", null, null, false, 6);
        train("stopped", null, null, false, 12);
        assertThat(folder.resolve("stopped/weights.safetensors")).hasSameBinaryContentAs(
                folder.resolve("whole/weights.safetensors"));
    }

    @Test
    void layersForLyricsLeaveATrainedPriorUnchangedAtTheStart() {
        train("prior", null, null, false, 6);
        PriorFolder prior = PriorFolder.load(folder.resolve("prior"));
        PriorConfig singing = prior.card().config().withLyrics(config.lyrics());
        Parameters weights = PriorWeights.initialise(singing, 1, 5);
        PriorWeights.adopt(weights, prior.weights());
        double[] before = bits(prior.card().config(), Parameters.of(prior.weights()));
        double[] after = bits(singing, weights);
        assertThat(after).containsExactly(before, within(1e-3));
        train("singing", null, folder.resolve("prior"), true, 12);
        PriorFolder sung = PriorFolder.load(folder.resolve("singing"));
        assertThat(sung.card().config().readers()).isEqualTo(1);
        assertThat(sung.weights().get("prime_readers.0.attn.c_proj.w").values()).doesNotContain(0f);
    }

    @Test
    void lyricsThatStandBeforeTheCodesAreLearntWithThem() {
        TransformerConfig t = config.transformer();
        PriorTrainingConfig own = config;
        config = reading(own, new TransformerConfig(16, 3, 2, 8, 16, 8,
                List.of(TransformerConfig.Pattern.LYRICS, TransformerConfig.Pattern.ROW, TransformerConfig.Pattern.COLUMN)),
                new PriorConfig.LyricsEncoder(16, null, 0, 0));
        train("leading", null, null, true, 24);
        assertThat(points.getLast().validLoss()).isLessThan(points.getFirst().validLoss());
        PriorFolder model = PriorFolder.load(folder.resolve("leading"));
        assertThat(model.card().config().sequence()).isEqualTo(80);
        assertThat(model.weights().get("prior.x_emb.weight").shape()).containsExactly(Lyrics.ALPHABET + 16, 16);
        config = own;
        train("prior", null, null, false, 6);
        config = reading(own, t, new PriorConfig.LyricsEncoder(16, null, 0, 0));
        assertThatThrownBy(() -> train("late", null, folder.resolve("prior"), true, 6)).isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be added to a trained prior");
    }

    private static PriorTrainingConfig reading(
            PriorTrainingConfig c, TransformerConfig transformer, PriorConfig.LyricsEncoder lyrics) {
        return new PriorTrainingConfig(c.description(), c.licence(), c.context(), transformer, c.tied(), c.timingBins(),
                c.minSeconds(), c.maxSeconds(), c.upper(), lyrics, c.lyricsLoss(), c.initialScale(), c.unknownShare(), c.batch(),
                c.learningRate(), c.finalLearningRate(), c.warmUpSteps(), c.clipNorm(), c.beta2(), c.averageDecay(),
                c.checkpointSteps(), c.validWindows(), c.seed(), c.counted(), c.sources());
    }

    private double[] bits(PriorConfig network, Parameters weights) {
        MusicFolder music = MusicFolder.open(data);
        CodedMusic coded = CodedMusic.read(music, CodedMusic.Labels.of(music), VqVaeFolder.load(fine), null,
                List.of(org.chanterelle.train.notes.NoteSet.VALID), (share, name) -> {});
        CodeWindows.Batch batch = new CodeWindows(network).spread(coded.valid(), 4, 4).getFirst();
        try (NDManager manager = NDManager.newBaseManager()) {
            return new PriorStep(manager, network).bits(weights, batch, batch.conditions());
        }
    }

    @Test
    void anUpsamplerReadsTheLevelAbove() {
        train("upsampler", coarse, null, false, 6);
        PriorFolder model = PriorFolder.load(folder.resolve("upsampler"));
        assertThat(model.card().config().upper().ratio()).isEqualTo(2);
        EvaluatePrior.Report report = new EvaluatePrior(MusicFolder.open(data), 50, share -> assertThat(share).isPositive())
                .run(model, VqVaeFolder.load(fine), VqVaeFolder.load(coarse));
        assertThat(report.shuffles()).extracting(Shuffle::condition).containsExactly("artist", "genre", "timing", "level above");
        assertThat(report.bits()).isBetween(0.0, 8.0);
        assertThat(report.bigram()).isBetween(0.0, report.unigram() + 0.1);
        assertThat(report.uniform()).isEqualTo(4, within(1e-9));
        assertThatThrownBy(() -> train("backwards", fine, null, false, 6)).isInstanceOf(UserError.class)
                .hasMessageContaining("is no level above");
    }

    @Test
    void codesOfAnotherTrainingAreRefused() throws IOException {
        train("prior", null, null, false, 6);
        Path other = TestVqVaeModels.write(folder.resolve("other"), TestVqVaeModels.small(), 9);
        PriorFolder model = PriorFolder.load(folder.resolve("prior"));
        assertThatThrownBy(() -> model.checkCodesOf(VqVaeFolder.load(other))).isInstanceOf(UserError.class)
                .hasMessageContaining("Use the models that it was trained with");
    }

    @Test
    void damagedCodesAreNamed() throws IOException {
        train("prior", null, null, false, 6);
        String checksum = String.format("%08x", VqVaeFolder.load(fine).checksum());
        Path kept = data.resolve("codes").resolve(checksum).resolve("tone-0.wav.codes");
        byte[] bytes = Files.readAllBytes(kept);
        bytes[20] ^= 1;
        Files.write(kept, bytes);
        assertThatThrownBy(() -> train("again", null, null, false, 6)).isInstanceOf(UserError.class)
                .hasMessageContaining("tone-0.wav.codes: damaged");
    }

    @Test
    void aFinishedModelWithoutItsCheckpointIsNotOverwritten() throws IOException {
        Path out = Files.createDirectories(folder.resolve("finished"));
        Files.writeString(out.resolve(ModelFolder.CARD), "{}");
        assertThatThrownBy(() -> train("finished", null, null, false, 4)).isInstanceOf(UserError.class)
                .hasMessageContaining("holds a finished model");
    }

    private TrainingResult train(String name, Path upper, Path from, boolean lyrics, long steps) {
        points.clear();
        Path codes = "backwards".equals(name) ? coarse : fine;
        return new PriorTrainer(new PriorTrainer.Request(data, folder.resolve(name), config, codes, upper, from, lyrics, steps, 0,
                false, "test"), new Quiet()).run();
    }

    private final class Quiet implements PriorTrainer.Listener {
        @Override
        public void reading(double share, String name) {
            assertThat(name).endsWith(".wav");
        }

        @Override
        public void loaded(long trainCodes, long validCodes, PriorConfig network, long resumedAtStep) {
            assertThat(validCodes).isPositive();
        }

        @Override
        public void step(long step, double bits, double share, double secondsLeft) {
            assertThat(bits).isFinite();
        }

        @Override
        public void checkpoint(LossPoint point, boolean best) {
            points.add(point);
        }
    }
}
