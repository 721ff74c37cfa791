package org.chanterelle.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetFolderTest {
    private static final String GOOD = """
            {
              "formatVersion": 1,
              "name": "good",
              "description": "A violin.",
              "model": "violin-16k",
              "engine": "harmonic-noise",
              "input": "midi",
              "program": {"bank": 3, "number": 40},
              "parameters": {"room": -6, "vibrato-rate": 5.5},
              "midiMap": [{"controller": 74, "parameter": "loudness", "min": 20, "max": -20}]
            }
            """;

    @TempDir
    Path folder;

    @Test
    void readsAllThatAPresetSays() throws IOException {
        Preset preset = PresetFolder.read(written(GOOD));
        assertThat(preset).isEqualTo(new Preset("good", "A violin.", "violin-16k", Preset.Engine.HARMONIC_NOISE,
                Preset.Input.MIDI, new Preset.Program(3, 40), Map.of(Parameters.ROOM, -6f, Parameters.VIBRATO_RATE, 5.5f),
                List.of(new ControlMapping(74, Parameters.LOUDNESS, 20, -20)), null));
        assertThat(preset.value(Parameters.ROOM)).isEqualTo(-6f);
        assertThat(preset.value(Parameters.TUNING)).isEqualTo(440f);
    }

    @Test
    void parametersControllersAndProgramMayBeLeftOut() throws IOException {
        Preset preset = PresetFolder.read(written("""
                {"formatVersion": 1, "name": "good", "description": "A violin.", "model": "violin-16k",
                 "engine": "harmonic-noise", "input": "voice"}
                """));
        assertThat(preset.values()).isEmpty();
        assertThat(preset.midiMap()).isEmpty();
        assertThat(preset.program()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"formatVersion\": 1|\"formatVersion\": 2|formatVersion is 2; expected a number from 1 to 1",
            "\"name\": \"good\"|\"name\": \"../evil\"|name is \"../evil\"; expected lower-case letters",
            "\"name\": \"good\"|\"name\": \"other\"|name is other; expected good, as the file is called",
            "\"A violin.\"|\"\"|description is \"\"; expected a line",
            "\"violin-16k\"|7|model is 7; expected name or path",
            "\"harmonic-noise\"|\"steam\"|engine is steam; expected harmonic-noise",
            "\"midi\"|\"MIDI\"|input is MIDI; expected midi or voice",
            "\"input\"|\"imput\"|imput: unknown; expected one of formatVersion, name",
            "\"bank\": 3|\"bank\": 16384|program.bank is 16384; expected a number from 0 to 16383",
            "\"number\": 40|\"number\": 40.5|program.number is 40.5; expected a whole number",
            "\"room\": -6|\"room\": -61|parameters.room is -61; expected a number from -60 to 12",
            "\"room\": -6|\"room\": \"-6\"|parameters.room is \"-6\"; expected a number",
            "\"room\": -6|\"romm\": -6|parameters.romm: unknown; expected one of gain",
            "{\"room\": -6, \"vibrato-rate\": 5.5}|[1]|parameters is [1]; expected an object",
            "\"controller\": 74|\"controller\": 64|midiMap[0].controller is 64; expected one without a meaning of its own",
            "\"controller\": 74|\"controller\": 120|midiMap[0].controller is 120; expected a number from 0 to 119",
            "\"loudness\"|\"loud\"|midiMap[0].parameter is loud; expected one of gain",
            "\"min\": 20|\"min\": 41|midiMap[0].min is 41; expected a number from -40 to 40",
            "\"max\": -20|\"max\": null|midiMap[0].max is missing; expected a number",
            "\"max\": -20|\"max\": -20, \"bits\": 14|midiMap[0].bits is 14 of controller 74; expected 7, or 14 of one below 32",
            "\"max\": -20|\"max\": -20, \"bits\": 8|midiMap[0].bits is 8 of controller 74; expected 7",
            "\"program\"|\"tuning\": {\"scala\": \"../a.scl\"}, \"program\"|tuning.scala is \"../a.scl\"; expected the name of a file",
            "\"program\"|\"tuning\": {}, \"program\"|tuning.scala is missing; expected the name of a file",
            "\"room\": -6|\"room\": NaN|not JSON",
            "\"formatVersion\"|formatVersion|not JSON",
    })
    void whatIsWrongIsToldInOneLine(String good, String bad, String told) throws IOException {
        assertThat(GOOD).contains(good);
        Path file = written(GOOD.replace(good, bad));
        assertThatThrownBy(() -> PresetFolder.read(file)).isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(told)
                .message().hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "3", "null", "{\"formatVersion\": 1} {}"})
    void whatIsNoPresetIsRefused(String text) throws IOException {
        Path file = written(text);
        assertThatThrownBy(() -> PresetFolder.read(file)).isInstanceOf(UserError.class).message().hasLineCount(1);
    }

    @Test
    void aFileThatIsTooLargeIsRefusedUnread() throws IOException {
        Path file = written(GOOD + " ".repeat(1 << 17));
        assertThatThrownBy(() -> PresetFolder.read(file)).isInstanceOf(UserError.class).hasMessageContaining("at most 65536");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("good.json"), new byte[] {'"', (byte) 0xff, '"'});
        assertThatThrownBy(() -> PresetFolder.read(file)).isInstanceOf(UserError.class).hasMessageContaining("UTF-8");
    }

    @Test
    void noDamageToAFileIsMoreThanAUsersError() throws IOException {
        Random random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            Path file = Files.write(folder.resolve("good.json"), bytes);
            try {
                PresetFolder.read(file);
            } catch (UserError expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 1_999);
    }

    @Test
    void findsPresetsByNameAndByPath() throws IOException {
        Path file = written(GOOD);
        PresetFolder presets = new PresetFolder(folder);
        assertThat(presets.names()).containsExactly("good");
        assertThat(presets.load("good")).isEqualTo(presets.load(file.toString())).isEqualTo(presets.all().getFirst());
        assertThatThrownBy(() -> presets.load("bad")).isInstanceOf(UserError.class).hasMessageContaining("there are good");
        assertThatThrownBy(() -> presets.load("./bad.json")).isInstanceOf(UserError.class).hasMessageContaining("no such preset");
        assertThat(new PresetFolder(folder.resolve("missing")).names()).isEmpty();
    }

    @Test
    void savesTheStateOfThings() throws IOException {
        PresetFolder presets = new PresetFolder(folder);
        Preset good = PresetFolder.read(written(GOOD));
        Map<Parameter, Float> state = new HashMap<>();
        Parameters.ALL.forEach(parameter -> state.put(parameter, parameter.defaultValue()));
        state.put(Parameters.GAIN, 0.1f);
        Preset mine = good.saved("mine", state, good.midiMap());
        Path file = presets.save(mine, false);
        assertThat(presets.load("mine")).isEqualTo(mine);
        assertThat(mine.values()).containsOnly(Map.entry(Parameters.GAIN, 0.1f));
        assertThat(mine.program()).isNull();
        assertThat(file).content().contains("\"gain\": 0.1\n").contains("\"min\": 20,");
        assertThatThrownBy(() -> presets.save(mine, false)).isInstanceOf(UserError.class).hasMessageContaining("exists already");
        assertThatCode(() -> presets.save(mine, true)).doesNotThrowAnyException();
    }

    @Test
    void aTuningLiesBesideThePresetAndGoesWithIt() throws IOException {
        Files.writeString(folder.resolve("seven.scl"), "Seven equal steps\n1\n171.42857\n");
        Files.writeString(folder.resolve("plain.kbm"), "0\n0\n127\n69\n69\n440\n0\n");
        Preset good = PresetFolder.read(written(GOOD.replace("\"program\"",
                "\"tuning\": {\"scala\": \"seven.scl\", \"keyboardMap\": \"plain.kbm\"}, \"program\"")));
        assertThat(good.tuning().keys().offsetSemitones(76)).isCloseTo(5, within(1e-5f));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        PresetFolder.save(good, elsewhere.resolve("good.json"), false);
        Preset copy = PresetFolder.read(elsewhere.resolve("good.json"));
        assertThat(copy.tuning().scala()).isEqualTo(elsewhere.resolve("seven.scl")).hasSameBinaryContentAs(good.tuning().scala());
        assertThat(copy.tuning().keys().offsetSemitones(62)).isEqualTo(good.tuning().keys().offsetSemitones(62));
    }

    @Test
    void aTuningThatIsMissingOrWrongIsToldWithItsFile() throws IOException {
        Path file = written(GOOD.replace("\"program\"", "\"tuning\": {\"scala\": \"none.scl\"}, \"program\""));
        assertThatThrownBy(() -> PresetFolder.read(file)).isInstanceOf(UserError.class)
                .hasMessageContaining("none.scl: no such file");
        Files.writeString(folder.resolve("none.scl"), "!\nNone\n1\nfifth\n");
        assertThatThrownBy(() -> PresetFolder.read(file)).isInstanceOf(UserError.class)
                .hasMessageContaining("none.scl:4: found fifth; expected pitch 1 of 1");
    }

    @Test
    void aControllerOfTwoBytesIsWrittenAsItIsRead() throws IOException {
        Preset good = PresetFolder.read(written(GOOD.replace("74", "20").replace("\"max\": -20", "\"max\": -20, \"bits\": 14")));
        assertThat(good.midiMap()).containsExactly(new ControlMapping(20, Parameters.LOUDNESS, 20, -20, 14));
        PresetFolder.save(good, folder.resolve("good.json"), true);
        assertThat(PresetFolder.read(folder.resolve("good.json"))).isEqualTo(good);
    }

    @Test
    void nothingIsSavedThatCouldNotBeRead() throws IOException {
        Preset good = PresetFolder.read(written(GOOD));
        PresetFolder presets = new PresetFolder(folder);
        assertThatThrownBy(() -> presets.save(good.saved("Not a name", Map.of(), List.of()), false))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> PresetFolder.save(good, folder.resolve("other.json"), false)).isInstanceOf(UserError.class);
        assertThat(presets.names()).containsExactly("good");
    }

    private Path written(String json) throws IOException {
        return Files.writeString(folder.resolve("good.json"), json);
    }
}
