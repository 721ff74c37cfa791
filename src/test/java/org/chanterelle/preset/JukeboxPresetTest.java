package org.chanterelle.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JukeboxPresetTest {
    private static final String GOOD = """
            {
              "formatVersion": 1,
              "name": "box",
              "description": "Music in the manner of Anna.",
              "model": "prior",
              "engine": "jukebox",
              "input": "none",
              "jukebox": {"autoencoders": ["bottom", "top"], "priors": ["upsampler", "prior"], "artist": "Anna", "genres": ["folk"]}
            }
            """;

    @TempDir
    Path folder;

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("box.json"), text);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Preset preset = PresetFolder.read(written(GOOD));
        assertThat(preset.jukebox().autoencoders()).containsExactly("bottom", "top");
        assertThat(preset.jukebox().priors()).containsExactly("upsampler", "prior");
        assertThat(preset.jukebox().artist()).isEqualTo("Anna");
        assertThat(preset.jukebox().genres()).containsExactly("folk");
        new PresetFolder(folder).save(preset, true);
        assertThat(PresetFolder.read(folder.resolve("box.json"))).isEqualTo(preset);
    }

    @Test
    void artistAndGenresMayBeLeftToTheUser() throws IOException {
        Preset preset = PresetFolder.read(written(GOOD.replace(", \"artist\": \"Anna\", \"genres\": [\"folk\"]", "")));
        assertThat(preset.jukebox().artist()).isNull();
        assertThat(preset.jukebox().genres()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"input\": \"none\"|\"input\": \"midi\"|input is midi; expected none",
            "\"engine\": \"jukebox\"|\"engine\": \"harmonic-noise\"|jukebox is there; expected none",
            "[\"upsampler\", \"prior\"]|[\"prior\"]|jukebox.priors is something else; expected a list of 2 to 2 models",
            "[\"upsampler\", \"prior\"]|[3, \"prior\"]|jukebox.priors is something else",
            "[\"bottom\", \"top\"]|[]|jukebox.autoencoders is something else; expected a list of 1 to 8 models",
            "\"autoencoders\"|\"encoders\"|jukebox.encoders: unknown",
            "\"artist\": \"Anna\"|\"artist\": 3|jukebox.artist is 3; expected an artist",
            "\"jukebox\": {|\"mel2mel\": {|mel2mel is there",
    })
    void whatIsWrongIsToldInOneLine(String good, String bad, String told) throws IOException {
        assertThat(GOOD).contains(good);
        Path file = written(GOOD.replace(good, bad));
        assertThatThrownBy(() -> PresetFolder.read(file)).isInstanceOf(UserError.class).hasMessageContaining(told).message()
                .hasLineCount(1);
    }

    @Test
    void anotherEngineIsPlayedBySomebody() throws IOException {
        Path file = written(GOOD.replaceAll(",\\s*\"jukebox\": \\{.*\\}", "").replace("\"jukebox\"", "\"harmonic-noise\""));
        assertThatThrownBy(() -> PresetFolder.read(file)).isInstanceOf(UserError.class)
                .hasMessageContaining("input is none; expected midi or voice");
    }
}
