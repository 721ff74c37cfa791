package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.TestSingModels;
import org.chanterelle.train.notes.NoteFolders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model and notes make the table; what does not fit is told in one line. */
final class EvaluateSingCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path notes;

    @BeforeEach
    void writesAModelAndNotes() {
        model = TestSingModels.write(folder.resolve("m"), small(), 1);
        notes = folder.resolve("notes");
        NoteFolders.writeSet(notes.resolve("train"),
                List.of(NoteFolders.entry("brass_a", 60, 80), NoteFolders.entry("string_c", 61, 120),
                        NoteFolders.entry("kazoo", 61, 120)));
        NoteFolders.writeSet(notes.resolve("test"), List.of(NoteFolders.entry("brass_a", 62, 80)));
    }

    /** A range of two pitches, so that its cells are six. */
    private static SingConfig small() {
        SingConfig c = TestSingModels.smallConfig();
        return new SingConfig(c.sampleRateHz(), c.stride(), c.kernel(), c.context(), c.channels(), c.representation(),
                c.padding(),
                c.lstmUnits(), c.lstmLayers(), c.instrumentSize(), c.pitchSize(), c.velocitySize(), c.timeSize(), c.carriers(),
                c.frames(),
                c.holdSeconds(), c.instruments(), 60, 62, c.velocities());
    }

    @Test
    void tellsTheLossesTheBaselinesAndThePublishedTable() {
        Invocation told = evaluate();
        assertThat(told.err()).isEmpty();
        assertThat(told.exitCode()).isZero();
        assertThat(told.out())
                .contains("test-notes", "nearest training pitch", "silence", "knows 3 of the 4 notes", "published, on NSynth",
                        "0.051", "1.31")
                .doesNotContain("autoencoder (");
    }

    @Test
    void aTrainingJobsEncoderMakesARowOfItsOwn() throws IOException {
        Map<String, Tensor> all = TestSingModels.weights(small().weightShapes(), 1);
        all.putAll(TestSingModels.weights(small().encoderShapes(), 2));
        Files.createDirectories(model.resolve("training"));
        try (var stream = Files.newOutputStream(model.resolve("training/autoencoder.safetensors"))) {
            Safetensors.write(stream, all, Safetensors.Precision.F32);
        }
        JsonObject told = JsonParser.parseString(evaluate("--json").out()).getAsJsonObject();
        assertThat(told.getAsJsonArray("rows")).extracting(row -> row.getAsJsonObject().get("stage").getAsString())
                .containsExactly("SING", "autoencoder");
        JsonObject test = told.getAsJsonArray("rows").get(0).getAsJsonObject().getAsJsonObject("test");
        assertThat(test.get("notes").getAsInt()).isEqualTo(1);
        assertThat(test.get("spectralLoss").getAsDouble()).isPositive();
        assertThat(told.getAsJsonArray("published")).hasSize(5);
        Files.write(model.resolve("training/autoencoder.safetensors"), new byte[100]);
        assertRefused("autoencoder.safetensors", evaluate());
    }

    @Test
    void severalModelsMakeOneTable() {
        Path other = TestSingModels.write(folder.resolve("other"), small(), 2);
        Invocation told = Invocation.of("evaluate", "sing", "--models", model + "," + other, "--data", notes.toString(),
                "--notes", "1");
        assertThat(told.err()).isEmpty();
        assertThat(told.out().lines().filter(line -> line.startsWith("test-notes  "))).hasSize(2);
    }

    @Test
    void checksEveryCellAndDrawsPictures() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Invocation told = evaluate("--cells", "--picture", pictures.toString(), "--json");
        assertThat(told.err()).isEmpty();
        JsonObject object = JsonParser.parseString(told.out()).getAsJsonObject();
        assertThat(object.getAsJsonObject("cells").getAsJsonArray("cells")).hasSize(9);
        assertThat(object.getAsJsonObject("cells").get("velocity").getAsInt()).isEqualTo(80);
        assertThat(pictures).isDirectoryContaining("glob:**/instruments.png").isDirectoryContaining("glob:**/held-out.png");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertRefused("none", Invocation.of("evaluate", "sing", "--model", folder + "/none", "--data", notes.toString()));
        assertRefused("nowhere", Invocation.of("evaluate", "sing", "--model", model.toString(), "--data", folder + "/nowhere"));
        assertRefused("--notes", evaluate("--notes", "0"));
        assertRefused("--picture", evaluate("--picture", folder + "/nowhere"));
        Path strange = folder.resolve("strange");
        NoteFolders.writeSet(strange, List.of(NoteFolders.entry("kazoo", 61, 120)));
        assertRefused("brass_a", Invocation.of("evaluate", "sing", "--model", model.toString(), "--data", strange.toString()));
    }

    private Invocation evaluate(String... more) {
        return Invocation.of(java.util.stream.Stream.concat(
                java.util.stream.Stream.of("evaluate", "sing", "--model", model.toString(), "--data", notes.toString()),
                java.util.Arrays.stream(more)).toArray(String[]::new));
    }

    private static void assertRefused(String told, Invocation invocation) {
        assertThat(invocation.err()).hasLineCount(1).contains(told).doesNotContain("Exception", "unexpected");
        assertThat(invocation.exitCode()).isEqualTo(2);
        assertThat(invocation.out()).isEmpty();
    }
}
