package org.chanterelle.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFolderTest {
    private static final TimbreConfig CONFIG = new TimbreConfig(4, 5, 9, 16000, 200, 16, 1, -5f, TimbreConfig.Skip.FEATURES);

    @TempDir
    Path folder;

    private static Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        CONFIG.weightShapes().forEach((name, shape) -> weights.put(name, new Tensor(shape, new float[(int) Tensor.size(shape)])));
        return weights;
    }

    private void write(String card, Map<String, Tensor> weights) throws IOException {
        Files.writeString(folder.resolve("card.json"), card);
        try (var out = Files.newOutputStream(folder.resolve("weights.safetensors"))) {
            Safetensors.write(out, weights, Safetensors.Precision.F16);
        }
    }

    private static String card() {
        return ModelFolder.toJson(new ModelCard(
                1,
                "tiny",
                "timbre",
                "A test.",
                "CC0",
                CONFIG,
                new Normalisation(-20f, 5f, -30f, -10f, -21f, 0f),
                new ModelCard.PitchRange(100f, 400f, 1000f),
                List.of("room"),
                new ModelCard.Training("none", 0, 0, 1),
                List.of(),
                Map.of("loss", 1.0)));
    }

    @Test
    void loadsWhatWasWritten() throws IOException {
        write(card(), weights());
        ModelFolder model = ModelFolder.load(folder);
        assertThat(model.card().config()).isEqualTo(CONFIG);
        assertThat(model.weights().keySet()).isEqualTo(CONFIG.weightShapes().keySet());
    }

    @ParameterizedTest
    @CsvSource({
            "'\"sampleRateHz\": 16000', '\"sampleRateHz\": 22050', config.sampleRateHz is 22050",
            "'\"formatVersion\": 1', '\"formatVersion\": 2', formatVersion is 2",
            "'\"units\": 4', '\"units\": 2000000000', config.units is",
            "'\"units\": 4', '\"units\": 5', Card and weights are of different models",
            "'\"reverbTaps\": 16', '\"reverbTaps\": -1', config.reverbTaps is",
            "'\"skip\": \"FEATURES\"', '\"skip\": \"NONE\"', config.skip is null",
            "'\"kind\": \"timbre\"', '\"kind\": \"sing\"', kind is sing",
            "'\"loudnessStdDb\": 5.0', '\"loudnessStdDb\": 0', normalisation.loudnessStdDb is",
            "'\"rooms\": [', '\"rooms\": [\"a\",', rooms is 2",
            "'{', '[', not a model card"
    })
    void saysWhichFieldOfTheCardIsWrong(String from, String to, String message) throws IOException {
        String damaged = card().replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to));
        assertThat(damaged).isNotEqualTo(card());
        write(damaged, weights());
        assertThatThrownBy(() -> ModelFolder.load(folder))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void saysWhichWeightIsMissingSurplusOrNotFinite() throws IOException {
        Map<String, Tensor> missing = weights();
        missing.remove("head_noise.bias");
        write(card(), missing);
        assertThatThrownBy(() -> ModelFolder.load(folder)).hasMessageContaining("head_noise.bias");
        Map<String, Tensor> surplus = weights();
        surplus.put("stranger", new Tensor(new int[] {1}, new float[1]));
        write(card(), surplus);
        assertThatThrownBy(() -> ModelFolder.load(folder)).hasMessageContaining("stranger");
        Map<String, Tensor> damaged = weights();
        damaged.get("reverb").values()[3] = Float.NaN;
        write(card(), damaged);
        assertThatThrownBy(() -> ModelFolder.load(folder)).hasMessageContaining("reverb holds NaN");
    }

    @Test
    void saysThatThereIsNoModel() {
        assertThatThrownBy(() -> ModelFolder.load(folder.resolve("nowhere"))).isInstanceOf(UserError.class)
                .hasMessageContaining("no model here");
    }

    @Test
    void theReferenceSizeHasThePublishedNumberOfParameters() {
        TimbreConfig reference = new TimbreConfig(512, 100, 65, 16000, 100, 16000, 1, -5f, TimbreConfig.Skip.FEATURES);
        assertThat(reference.parameterCount()).isEqualTo(4_837_670);
    }
}
