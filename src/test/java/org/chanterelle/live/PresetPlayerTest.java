package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.chanterelle.driver.file.CollectedSound;
import org.chanterelle.driver.file.FileDriver;
import org.chanterelle.driver.file.FileSettings;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.chanterelle.preset.Preset;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.signal.Parameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be loaded leaves the old sound as it is, and is told once. */
final class PresetPlayerTest {
    private static final int GOOD = 40;
    private static final int OTHER = 2 * 128 + 40;

    @TempDir
    Path folder;

    private PresetPlayer presets;
    private LiveSession session;
    private LiveSound first;

    @BeforeEach
    void opensASession() throws IOException {
        Files.createDirectories(folder.resolve("presets"));
        TestModels.write(folder.resolve("models/violin"), TestModels.smallConfig(), 3);
        copy("violin");
        copy("violin-dry");
        PresetFolder all = new PresetFolder(folder.resolve("presets"));
        presets = new PresetPlayer(
                all, name -> ModelFolder.load(folder.resolve("models").resolve(name)), PresetPlayer.Options.DEFAULT);
        Preset preset = all.load("violin");
        first = presets.sound(preset);
        session = new LiveSession(
                new FileDriver(FileSettings.ofMidi(List.of(), 48_000, 128, 0.1), new CollectedSound()), first, 1);
        PresetPlayer.apply(preset, session);
    }

    @AfterEach
    void closes() {
        presets.close();
        session.close();
    }

    @Test
    void aProgramChangesSoundAndParameters() throws Exception {
        presets.change(session, OTHER).get();
        assertThat(presets.takeProblem()).isNull();
        assertThat(session.values().get(Parameters.ROOM)).isEqualTo(-60);
        assertThat(session.sound()).as("the same model, not loaded twice").isEqualTo(first);
        presets.change(session, GOOD).get();
        assertThat(session.values().get(Parameters.ROOM)).isZero();
    }

    @Test
    void theProgramThatSoundsAlreadyCutsNothingAndSetsItsParameters() throws Exception {
        session.values().set(Parameters.ROOM, -20);
        presets.change(session, GOOD).get();
        assertThat(session.sound()).isSameAs(first);
        assertThat(session.values().get(Parameters.ROOM)).isZero();
    }

    @Test
    void aProgramThatNoPresetHas() throws Exception {
        presets.change(session, 5 * 128 + 3).get();
        assertLeftAsItWas("bank 5, program 3");
    }

    @Test
    void aModelThatIsDamaged() throws Exception {
        preset("broken", 3, "broken");
        TestModels.write(folder.resolve("models/broken"), TestModels.smallConfig(), 4);
        Files.write(folder.resolve("models/broken").resolve(ModelFolder.WEIGHTS), new byte[100]);
        presets.change(session, 3 * 128 + 40).get();
        assertLeftAsItWas("broken");
    }

    @Test
    void aModelThatIsNotThere() throws Exception {
        preset("lost", 3, "lost");
        presets.change(session, 3 * 128 + 40).get();
        assertLeftAsItWas("lost");
    }

    @Test
    void aPresetThatIsDamaged() throws Exception {
        Files.writeString(folder.resolve("presets/half.json"), "{\"formatVersion\": 1, \"name\": ");
        presets.change(session, OTHER).get();
        String problem = presets.takeProblem();
        assertThat(problem).contains("half.json");
        assertThat(problem.lines()).hasSize(1);
        assertThat(presets.takeProblem()).isNull();
        assertThat(session.sound()).isSameAs(first);
    }

    private void assertLeftAsItWas(String named) throws InterruptedException, ExecutionException {
        String problem = presets.takeProblem();
        assertThat(problem).contains(named).doesNotContain("Exception");
        assertThat(problem.lines()).hasSize(1);
        assertThat(presets.takeProblem()).as("told once").isNull();
        assertThat(session.sound()).isSameAs(first);
        assertThat(session.values().get(Parameters.ROOM)).isZero();
        presets.change(session, OTHER).get();
        assertThat(session.values().get(Parameters.ROOM)).as("the next one works").isEqualTo(-60);
    }

    private void copy(String name) throws IOException {
        Files.copy(Path.of("presets", name + ".json"), folder.resolve("presets").resolve(name + ".json"));
    }

    private void preset(String name, int bank, String model) throws IOException {
        String json = Files.readString(Path.of("presets/violin-dry.json"))
                .replace("\"violin-dry\"", "\"" + name + "\"")
                .replace("\"model\": \"violin\"", "\"model\": \"" + model + "\"")
                .replace("\"bank\": 2", "\"bank\": " + bank);
        Files.writeString(folder.resolve("presets").resolve(name + ".json"), json);
    }
}
