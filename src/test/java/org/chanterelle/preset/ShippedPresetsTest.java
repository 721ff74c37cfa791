package org.chanterelle.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShippedPresetsTest {
    private final PresetFolder shipped = new PresetFolder(Path.of("presets"));

    @Test
    void theNamesThatOthersRelyOnAreThere() {
        assertThat(shipped.names()).contains("violin", "violin-16k", "violin-dry", "violin-poly", "strings", "voice-violin",
                "voice-violin-low");
    }

    @Test
    void everyPresetIsWholeAndItsModelIsShipped() {
        assertThat(shipped.all()).allSatisfy(
                preset -> assertThat(Path.of("models", preset.model(), "card.json")).isRegularFile());
    }

    @Test
    void everyProgramChoosesOnePreset() {
        assertThat(shipped.all().stream().filter(preset -> preset.input() != Preset.Input.NONE).map(Preset::program))
                .doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void everyFileIsAsItWouldBeSaved() throws IOException {
        for (Path file : shipped.files()) {
            assertThat(PresetJson.write(PresetFolder.read(file))).isEqualTo(Files.readString(file));
        }
    }
}
