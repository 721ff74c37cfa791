package org.chanterelle.evaluate.mel2mel;

import org.chanterelle.evaluate.MelClassifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.TestMel2MelModels;
import org.chanterelle.train.scores.ScoreFolder;
import org.chanterelle.train.scores.TestScores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateMel2MelTest {
    @TempDir
    Path folder;

    private static float[][] mel(int instrument, Random random) {
        float[][] mel = new float[250][MelSpectrum.BANDS];
        for (float[] row : mel) {
            for (int band = 0; band < row.length; band++) {
                row[band] = (float) (-6 + 2 * Math.cos(band * (instrument + 1) / 20.0) + random.nextGaussian());
            }
        }
        return mel;
    }

    @Test
    void theClassifierNamesWhatItHasLearned() {
        Random random = new Random(1);
        List<MelClassifier.Example> examples = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            examples.add(new MelClassifier.Example(mel(i % 3, random), i % 3));
        }
        MelClassifier classifier = MelClassifier.learn(examples, 3);
        for (int instrument = 0; instrument < 3; instrument++) {
            assertThat(classifier.name(mel(instrument, random))).isEqualTo(instrument);
            assertThat(classifier.probabilities(mel(instrument, random))[instrument]).isGreaterThan(0.8);
        }
        float[][] silence = new MelSpectrum().of(new float[16_000]);
        assertThat(classifier.probabilities(silence)).containsOnly(1.0 / 3);
    }

    @Test
    void aLineThatTurnsBackIsNotMonotonic() {
        assertThat(MorphScores.isMonotonic(new double[] {100, 150, 149.5, 200})).isTrue();
        assertThat(MorphScores.isMonotonic(new double[] {100, 150, 140, 200})).isFalse();
        assertThat(MorphScores.isMonotonic(new double[] {200, 150, 140, 100})).isTrue();
        assertThat(MorphScores.crossings(new double[] {-1, -0.1, 0.2, 1})).isOne();
        assertThat(MorphScores.crossings(new double[] {-1, 0.1, -0.2, 1})).isEqualTo(3);
    }

    @Test
    void theCentroidOfASineIsItsFrequency() {
        float[] sine = new float[16_000];
        for (int n = 0; n < sine.length; n++) {
            sine[n] = (float) (0.5 * Math.sin(2 * Math.PI * 1500 * n / 16_000));
        }
        assertThat(MorphScores.centroidHz(new MelSpectrum().of(sine))).isBetween(1430.0, 1570.0);
    }

    @Test
    void codingAloneIsNearerThanAVocoderAndThatNearerThanAnUntrainedModel() throws IOException {
        TestScores.prepare(folder.resolve("midi"), folder.resolve("scores"));
        Mel2MelFolder model = TestMel2MelModels.write(
                folder.resolve("model"), Mel2MelConfig.of(8, 2, List.of("violin", "flute"), List.of(40, 73)), 1);
        ScoreFolder scores = ScoreFolder.open(folder.resolve("scores"));
        EvaluateMel2Mel evaluation = new EvaluateMel2Mel(scores, model.card().config(), 1, 3, (share, doing) -> {});
        EvaluateMel2Mel.Report report = evaluation.run(List.of(model), "griffin-lim", new org.chanterelle.generate.GriffinLim(4));
        List<Mel2MelRow> rows = report.rows();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).correlation()).isGreaterThan(0.9);
        assertThat(rows.get(1).correlation()).isBetween(0.5, rows.get(0).correlation());
        assertThat(rows.get(2).correlation()).isLessThan(rows.get(1).correlation());
        assertThat(rows.get(0).byInstrument()).containsOnlyKeys("flute", "violin");
        assertThat(rows.get(0).recognised()).isBetween(0.5, 1.0);
        assertThat(rows.get(2).logError()).isGreaterThan(1);
        assertThat(report.morphs().getFirst().pairs()).isOne();
        assertThat(report.table()).contains("mu-law only", "true mel, griffin-lim", "model (log-l1)", ".854");
        Path picture = folder.resolve("picture.png");
        evaluation.picture(model, picture, false);
        assertThat(javax.imageio.ImageIO.read(picture.toFile()).getHeight()).isGreaterThan(1000);
        assertThatThrownBy(() -> evaluation.picture(model, picture, false)).hasMessageContaining("picture.png");
    }

    @Test
    void thePlaneOfTimbresHoldsWhatLiesInIt() {
        Mel2MelFolder model = TestMel2MelModels.write(
                folder.resolve("plane"), Mel2MelConfig.of(8, 5, List.of("a", "b", "c"), List.of(1, 2, 3)), 4);
        TimbrePlane plane = TimbrePlane.of(model);
        assertThat(plane.shares()[0]).isGreaterThan(plane.shares()[1]);
        assertThat(plane.shares()[0] + plane.shares()[1]).isCloseTo(1, within(1e-9));
        for (int i = 0; i < 3; i++) {
            float[] found = plane.at(plane.points()[i][0], plane.points()[i][1]);
            for (int j = 0; j < 5; j++) {
                assertThat(found[j]).isCloseTo(model.timbre(i)[j], within(1e-5f));
            }
        }
    }

    @Test
    void aTimbreOfOneNumberHasALineOnly() {
        Mel2MelFolder model = TestMel2MelModels.write(
                folder.resolve("line"), Mel2MelConfig.of(8, 1, List.of("a", "b"), List.of(1, 2)), 4);
        TimbrePlane plane = TimbrePlane.of(model);
        assertThat(plane.shares()).containsExactly(1, 0);
        assertThat(plane.range(1)[1]).isGreaterThan(plane.range(1)[0]);
        assertThat(plane.at(plane.points()[1][0], 0)[0]).isCloseTo(model.timbre(1)[0], within(1e-5f));
    }
}
