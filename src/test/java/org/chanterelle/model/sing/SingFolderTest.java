package org.chanterelle.model.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingFolderTest {
    @TempDir
    Path folder;

    @Test
    void loadsWhatWasWritten() {
        SingFolder model = SingFolder.load(TestSingModels.write(folder, TestSingModels.smallConfig(), 1));
        assertThat(model.card().config()).isEqualTo(TestSingModels.smallConfig());
        assertThat(model.weights().keySet()).isEqualTo(TestSingModels.smallConfig().weightShapes().keySet());
        assertThat(CardFile.kind(folder)).isEqualTo("sing");
    }

    @ParameterizedTest
    @CsvSource({
            "'\"sampleRateHz\": 16000', '\"sampleRateHz\": 22050', config.sampleRateHz is 22050",
            "'\"formatVersion\": 1', '\"formatVersion\": 9', formatVersion is 9",
            "'\"kind\": \"sing\"', '\"kind\": \"lute\"', kind is lute",
            "'\"kernel\": 1024', '\"kernel\": 1000', config.kernel is 1000",
            "'\"padding\": 2304', '\"padding\": 1', config.padding is 1",
            "'\"channels\": 24', '\"channels\": 2000000000', config.channels is",
            "'\"channels\": 24', '\"channels\": 25', Card and weights are of different models",
            "'\"frames\": 265', '\"frames\": 9', config.frames is 9",
            "'\"lowestPitch\": 48', '\"lowestPitch\": 90', config.highestPitch is 72",
            "'\"holdSeconds\": 3.0', '\"holdSeconds\": 5', config.holdSeconds is",
            "'\"family\": \"brass\",', '', expected brass_a with its family",
            "'\"highestPitch\": 72\n    }', '\"highestPitch\": 72, \"levelsDb\": [1.0]\n    }', with a level of -24 to 24 dB",
            "'{', '[', not a model card"
    })
    void saysWhichFieldOfTheCardIsWrong(String from, String to, String message) throws IOException {
        TestSingModels.write(folder, TestSingModels.smallConfig(), 1);
        Path card = folder.resolve(ModelFolder.CARD);
        String before = Files.readString(card);
        Files.writeString(card, before.replaceFirst(
                java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
        assertThat(card).content().isNotEqualTo(before);
        assertThatThrownBy(() -> SingFolder.load(folder)).isInstanceOf(UserError.class).hasMessageContaining(message).message()
                .doesNotContain("\n");
    }

    @Test
    void aModelOfTheOtherKindIsToldInOneLine() {
        TestSingModels.write(folder.resolve("notes"), TestSingModels.smallConfig(), 1);
        TestModels.write(folder.resolve("violin"), TestModels.smallConfig(), 1);
        assertThatThrownBy(() -> ModelFolder.load(folder.resolve("notes"))).isInstanceOf(UserError.class)
                .hasMessageContaining("kind is sing; expected timbre");
        assertThatThrownBy(() -> SingFolder.load(folder.resolve("violin"))).isInstanceOf(UserError.class)
                .hasMessageContaining("kind is timbre; expected sing");
    }

    @Test
    void aHalfTrainedModelIsToldAsSuch() throws IOException {
        Files.createDirectories(folder.resolve("half").resolve("training"));
        assertThatThrownBy(() -> SingFolder.load(folder.resolve("half"))).isInstanceOf(UserError.class)
                .hasMessageContaining("half-trained");
        assertThatThrownBy(() -> SingFolder.load(folder.resolve("none"))).isInstanceOf(UserError.class)
                .hasMessageContaining("no model here");
    }
}
