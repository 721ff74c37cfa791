package org.chanterelle.train.mel2mel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.mel2mel.Mel2MelBlock;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.model.mel2mel.TestMel2MelModels;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimbreSearchTest {
    private static final int FRAMES = 150;
    private static final PianoRoll ROLL = PianoRoll.of(
            List.of(new ScoreNote(0, 0.5, 60, 90, 0), new ScoreNote(0.5, 1.1, 67, 60, 0)), 125);

    @TempDir
    Path folder;

    /** What the model makes of a timbre, louder by a number. */
    private static float[][] mel(Mel2MelFolder model, float[] timbre, float louder) {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] columns = new float[FRAMES * PianoRoll.ROWS];
            ROLL.write(0, FRAMES, columns, 0);
            float[] all = new Mel2MelBlock(model.card().config(), Parameters.of(model.weights()).lend(manager, false)).forward(
                    manager.create(columns, new Shape(1, FRAMES, PianoRoll.ROWS)), manager.create(timbre).expandDims(0))
                    .add(louder).toFloatArray();
            float[][] rows = new float[FRAMES][];
            Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * 80, (i + 1) * 80));
            return rows;
        }
    }

    @Test
    void anInstrumentIsFoundByItsOwnSpectrogram() {
        Mel2MelFolder model = TestMel2MelModels.write(folder.resolve("m"), TestMel2MelModels.smallConfig(), 2);
        for (int i = 0; i < 3; i++) {
            TimbreSearch.Found found = new TimbreSearch(model).find(ROLL, mel(model, model.timbre(i), 1f), share -> {});
            assertThat(found.nearest()).isEqualTo(model.card().config().instruments().get(i));
            assertThat(found.errors()).hasSize(3);
            assertThat(found.gainDb()).isCloseTo(20 / Math.log(10), within(0.1));
        }
    }

    @Test
    void aTimbreBetweenInstrumentsIsNearerThanAnyOfThem() {
        Mel2MelFolder model = TestMel2MelModels.write(folder.resolve("m"), TestMel2MelModels.smallConfig(), 2);
        float[] timbre = {
                0.6f * model.timbre(0)[0] + 0.4f * model.timbre(1)[0], 0.6f * model.timbre(0)[1] + 0.4f * model.timbre(1)[1]
        };
        TimbreSearch.Found found = new TimbreSearch(model).find(ROLL, mel(model, timbre, 0f),
                share -> assertThat(share).isBetween(0.0, 1.0));
        assertThat(found.error()).isLessThan(0.5 * found.errors().get(found.nearest()));
    }

    @Test
    void aRecordingGivesItsNotes() {
        float[] audio = new float[48_000];
        for (int n = 0; n < audio.length; n++) {
            double hz = n < 20_000 ? 440 : 523.25;
            double level = n < 2_000 || n > 40_000 ? 0 : Math.min(1, (n - 2_000) / 200.0);
            for (int k = 1; k < 6; k++) {
                audio[n] += (float) (0.2 * level / k * Math.sin(2 * Math.PI * k * hz * n / 16_000));
            }
        }
        Path file = folder.resolve("line.wav");
        AudioWriter.write(file, AudioClip.mono(audio, 16_000), false);
        MonophonicScore score = MonophonicScore.read(file);
        assertThat(score.notes()).extracting(ScoreNote::pitch).containsExactly(69, 72);
        assertThat(score.notes().getFirst().startSeconds()).isCloseTo(0.125, within(0.05));
        assertThat(score.notes().getLast().startSeconds()).isCloseTo(1.25, within(0.05));
        assertThat(score.mel().length).isEqualTo(376);
        AudioWriter.write(file, AudioClip.mono(new float[48_000], 16_000), true);
        assertThatThrownBy(() -> MonophonicScore.read(file)).isInstanceOf(UserError.class);
    }
}
