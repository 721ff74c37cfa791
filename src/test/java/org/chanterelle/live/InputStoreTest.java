package org.chanterelle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputStoreTest {
    private static final InputCalibration MICROPHONE = new InputCalibration(12.5, -30, -38, -7.25, 0);
    private static final InputCalibration LINE = new InputCalibration(-3, -36, -44, -9, 1);

    @TempDir
    Path folder;

    @Test
    void whatIsSavedIsFoundByTheNameOfItsInput() {
        Path file = folder.resolve("config").resolve("inputs.json");
        new InputStore(file).save("system:capture_1", MICROPHONE);
        new InputStore(file).save("line", LINE);
        new InputStore(file).save("line", LINE);
        assertThat(new InputStore(file).find("system:capture_1")).contains(MICROPHONE);
        assertThat(new InputStore(file).find("line")).contains(LINE);
        assertThat(new InputStore(file).find("other")).isEmpty();
    }

    @Test
    void withoutAFileNothingIsKnown() {
        assertThat(new InputStore(folder.resolve("inputs.json")).find("line")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"inputs\": {\"line\": {}}}", "{\"inputs\": {\"line\": {\"gainDb\": \"loud\"}}}",
            "{\"inputs\": {\"line\": {\"gainDb\": 0, \"openDb\": -40, \"closeDb\": -30, \"meanLoudnessDb\": 0, \"outputDb\": 0}}}"})
    void aDamagedFileIsToldInOneLine(String contents) throws IOException {
        Path file = Files.writeString(folder.resolve("inputs.json"), contents);
        assertThatThrownBy(() -> new InputStore(file).find("line")).isInstanceOf(UserError.class)
                .hasMessageContaining("inputs.json: damaged").hasMessageEndingWith("calibrate again.").message().hasLineCount(1);
    }
}
