package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InstalledModel.class)
class ExpressionCommandTest {
    private static final int RATE_HZ = 16_000;

    @TempDir
    Path folder;

    private Path data;
    private Path model;

    @BeforeEach
    void recordsTwoNotes() throws IOException {
        data = Files.createDirectories(folder.resolve("data").resolve("valid")).getParent();
        float[][] audio = {new float[3 * RATE_HZ]};
        System.arraycopy(InstalledModel.sung(1, RATE_HZ, 1)[0], 0, audio[0], RATE_HZ / 5, RATE_HZ);
        System.arraycopy(InstalledModel.sung(1, RATE_HZ, 1)[0], 0, audio[0], RATE_HZ * 3 / 2, RATE_HZ);
        AudioWriter.write(data.resolve("a.wav"), new AudioClip(audio, RATE_HZ), false);
        AudioWriter.write(data.resolve("valid").resolve("b.wav"), new AudioClip(audio, RATE_HZ), false);
        model = TestModels.write(folder.resolve("model"), TestModels.smallConfig(), 3);
    }

    private Invocation train(String... more) {
        String[] args = {"train", "expression", "--data", data.toString(), "--model", model.toString()};
        return Invocation.of(java.util.stream.Stream.of(args, more).flatMap(java.util.stream.Stream::of).toArray(String[]::new));
    }

    @Test
    void aModelLearnsExpressionAndIsEvaluated() {
        assertThat(train().exitCode()).isZero();
        assertThat(ModelFolder.load(model).expression().orElseThrow().notes()).hasSize(2);
        Invocation evaluation = Invocation.of("evaluate", "expression", "--json", "--model", model.toString(), "--data",
                data.toString(), data.resolve("a.wav").toString());
        assertThat(evaluation.exitCode()).isZero();
        assertThat(evaluation.out()).contains("\"attackSeconds\"", "\"given\": 2");
    }

    @Test
    void anExpressionIsNotReplacedUnasked() {
        assertThat(train().exitCode()).isZero();
        assertRefused(train(), "--force");
        assertThat(train("--force").exitCode()).isZero();
    }

    @Test
    void mistakesAreToldInOneLine() throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, "{\"folder\": [\"train\"]}");
        assertRefused(train("--config", config.toString()), "folder: expected");
        Files.writeString(config, "{\"folders\": [\"nowhere\"]}");
        assertRefused(train("--config", config.toString()), "nowhere");
        Files.writeString(config, "{\"folders\": ");
        assertRefused(train("--config", config.toString()), "not a configuration");
        assertRefused(Invocation.of("evaluate", "expression", "--model", model.toString(), "--data", data.toString()),
                "expression.json");
        Files.delete(data.resolve("a.wav"));
        assertRefused(train(), "no WAV");
    }

    private static void assertRefused(Invocation invocation, String named) {
        assertThat(invocation.exitCode()).isEqualTo(2);
        assertThat(invocation.err().strip()).contains(named).doesNotContain("\n");
    }
}
