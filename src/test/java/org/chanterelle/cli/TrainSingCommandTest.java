package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.sing.TestSingModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InstalledModel.class)
class TrainSingCommandTest {
    @TempDir
    Path folder;

    private static void assertRefused(Invocation invocation, String word) {
        assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(2);
        assertThat(invocation.err()).contains(word);
        assertThat(invocation.err().strip().lines()).hasSize(1);
        assertThat(invocation.out()).isEmpty();
    }

    private Invocation train(String... more) {
        String[] args = {"train", "sing", "--data", folder.toString(), "--steps", "3"};
        return Invocation.of(java.util.stream.Stream.of(args, more).flatMap(java.util.stream.Stream::of).toArray(String[]::new));
    }

    @Test
    void aFolderWithoutAnIndexIsToldAsSuch() {
        assertRefused(train("--out", folder.resolve("x").toString()), "examples.json");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"--loss, smell, spectral", "--time-size, -1, 1024", "--device, tpu, cuda"})
    void aWrongOptionIsRefused(String option, String value, String word) {
        assertRefused(train("--out", folder.resolve("x").toString(), option, value), word);
    }

    @Test
    void aModelOrAFileToWriteIsNeeded() {
        assertRefused(train(), "--out");
    }

    @Test
    void stepsAndMinutesTogetherAreRefused() {
        assertRefused(train("--out", folder.resolve("x").toString(), "--minutes", "3"), "not both");
    }

    @Test
    void aNoteOfAnotherRateIsRefused() throws IOException {
        StringBuilder index = new StringBuilder("{");
        for (int pitch = 60; pitch < 63; pitch++) {
            index.append(pitch > 60 ? "," : "").append("\"a-" + pitch + "\": {\"instrument_str\": \"a\", \"pitch\": " + pitch
                    + ", \"velocity\": 100, \"sample_rate\": 16000}");
            AudioWriter.write(folder.resolve("a-" + pitch + ".wav"), AudioClip.mono(new float[4 * 44_100], 44_100), false);
        }
        Files.writeString(folder.resolve("examples.json"), index.append("}"));
        assertRefused(train("--out", folder.resolve("x").toString()), "44100 Hz; expected 16000");
    }

    @Test
    void aNoteModelIsListedAndRefusedWhereATimbreModelIsNeeded() throws IOException {
        Path home = Path.of(System.getProperty("chanterelle.home")).resolve("models").resolve("test-notes");
        TestSingModels.write(home, TestSingModels.smallConfig(), 1);
        try {
            Invocation models = Invocation.of("models");
            assertThat(models.exitCode()).isZero();
            assertThat(models.out()).contains("test-notes", "3 instruments: brass_a, mallet_b, string_c");
            assertRefused(Invocation.of("export-reverb", "test-notes", folder.resolve("x.wav").toString()),
                    "kind is sing; expected timbre");
        } finally {
            for (String file : new String[] {"card.json", "weights.safetensors", ""}) {
                Files.delete(home.resolve(file));
            }
        }
    }
}
