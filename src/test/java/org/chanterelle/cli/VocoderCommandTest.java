package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InstalledModel.class)
class VocoderCommandTest {
    @TempDir
    Path folder;

    private static void assertRefused(Invocation invocation, String word) {
        assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(2);
        assertThat(invocation.err()).contains(word);
        assertThat(invocation.err().strip().lines()).hasSize(1);
        assertThat(invocation.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--kind, serial, wavenet", "--device, tpu, cuda", "--config, nothing.json, not found"})
    void aWrongOptionOfTrainingIsRefused(String option, String value, String word) {
        assertRefused(Invocation.of("train", "vocoder", "--data", folder.toString(), "--out", folder.resolve("x").toString(),
                "--steps", "1", option, value), word);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void stepsOrMinutesAreNeeded() {
        assertRefused(Invocation.of("train", "vocoder", "--data", folder.toString(), "--out", folder.resolve("x").toString()),
                "--steps or --minutes");
    }

    @Test
    void nothingToJudgeByIsToldAsSuch() {
        assertRefused(Invocation.of("evaluate", "vocoder", "--data", folder.toString()), "no recordings");
        assertRefused(Invocation.of("evaluate", "vocoder", "--data", folder.toString(), "--clips", "0"), "--clips");
    }

    @Test
    void griffinLimAndCompandingStandInTheTable() {
        float[] tone = new float[16_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.3 * Math.exp(-i / 5000.0) * Math.sin(2 * Math.PI * 440 * i / 16_000));
        }
        AudioWriter.write(folder.resolve("tone.wav"), AudioClip.mono(tone, 16_000), false);
        Invocation evaluation = Invocation.of("evaluate", "vocoder", "--data", folder.toString());
        assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
        assertThat(evaluation.out()).contains("1 sounds", "mu-law only", "griffin-lim", "published");
    }
}
