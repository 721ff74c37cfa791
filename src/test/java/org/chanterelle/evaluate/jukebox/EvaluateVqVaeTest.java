package org.chanterelle.evaluate.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.jukebox.TestVqVaeModels;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateVqVaeTest {
    @TempDir
    Path folder;

    @Test
    void silenceHasAConvergenceOfZeroAndAHalvedSoundOfMinusSix() {
        float[] sound = noise(8192, 0.5f);
        assertThat(Fidelity.of(List.of(sound), List.of(new float[8192]), 16000).convergenceDb()).isCloseTo(0, within(1e-3));
        float[] half = sound.clone();
        for (int i = 0; i < half.length; i++) {
            half[i] /= 2;
        }
        Fidelity fidelity = Fidelity.of(List.of(sound), List.of(half), 16000);
        assertThat(fidelity.convergenceDb()).isCloseTo(-6.02, within(0.01));
        assertThat(fidelity.highLossDb()).isCloseTo(6.02, within(0.01));
        assertThat(Fidelity.of(List.of(new float[8192]), List.of(half), 16000).convergenceDb()).isNaN();
    }

    @Test
    void eachLevelStandsBesideItsUntrainedSelf() throws IOException {
        Path valid = Files.createDirectories(folder.resolve("music/valid"));
        AudioWriter.write(valid.resolve("noise.wav"), AudioClip.mono(noise(40000, 0.5f), 16000), false);
        VqVaeFolder model = VqVaeFolder.load(TestVqVaeModels.write(folder.resolve("small"), TestVqVaeModels.small(), 3));
        EvaluateVqVae.Report report = new EvaluateVqVae(folder.resolve("music"), 0.5, 3, share -> assertThat(share).isPositive())
                .run(List.of(model));
        assertThat(report.excerpts()).isEqualTo(3);
        LevelRow row = report.rows().getFirst();
        assertThat(row.bitsPerSecond()).isEqualTo(8000);
        assertThat(row.fidelity().convergenceDb()).isNotNaN();
        assertThat(row.untrained().convergenceDb()).as("random weights give hardly anything back").isGreaterThan(-3);
        assertThat(row.used()).isBetween(1, 16);
        assertThat(row.entropyBits()).isBetween(0.0, 4.0);
    }

    @Test
    void aFolderWithoutMusicIsRefused() throws IOException {
        VqVaeFolder model = VqVaeFolder.load(TestVqVaeModels.write(folder.resolve("small"), TestVqVaeModels.small(), 3));
        Path empty = Files.createDirectories(folder.resolve("empty/valid"));
        assertThatThrownBy(() -> new EvaluateVqVae(empty.getParent(), 1, 3, share -> {}).run(List.of(model)))
                .isInstanceOf(UserError.class).hasMessageContaining("no recordings to judge by");
    }

    private static float[] noise(int length, float level) {
        SplittableRandom random = new SplittableRandom(1);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = level * (float) (2 * random.nextDouble() - 1);
        }
        return noise;
    }
}
