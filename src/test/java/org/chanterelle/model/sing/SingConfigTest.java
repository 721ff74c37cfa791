package org.chanterelle.model.sing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.chanterelle.model.Tensor;
import org.junit.jupiter.api.Test;

class SingConfigTest {
    private final SingConfig published = SingConfig.published(List.of("a", "b"), 9, 119, List.of(25, 50, 75, 100, 127));

    private static long count(Map<String, int[]> shapes, String prefix) {
        return shapes.entrySet().stream().filter(entry -> entry.getKey().startsWith(prefix)).map(Map.Entry::getValue)
                .mapToLong(Tensor::size).sum();
    }

    @Test
    void thePublishedSizesHaveThePublishedNumbersOfParameters() {
        Map<String, int[]> shapes = published.weightShapes();
        assertThat(count(shapes, "dec.")).isEqualTo(42_479_617);
        assertThat(count(shapes, "seq.lstm.") + count(shapes, "seq.decoder.")).isEqualTo(21_250_176);
        assertThat(count(shapes, "seq.tables.0")).isEqualTo(2 * 16);
        assertThat(count(shapes, "seq.tables.1")).isEqualTo(111 * 8);
        assertThat(count(shapes, "seq.tables.2")).isEqualTo(5 * 2);
        assertThat(count(shapes, "seq.time_table")).isEqualTo(265 * 4);
        assertThat(published.parameterCount()).isEqualTo(count(shapes, ""));
    }

    @Test
    void theDecoderAloneTurns261ControlFramesInto64000AudioFrames() {
        assertThat(published.outputSamples(261)).isEqualTo(64_000);
    }

    @Test
    void withThePublishedPaddingANoteOf64000AudioFramesBeginsAfter512() {
        assertThat(SingConfig.framesOf(64_000, 2304, 1024, 256)).isEqualTo(published.frames());
        assertThat(published.noteSamples()).isEqualTo(64_000);
        assertThat(published.leadSamples()).isEqualTo(512);
        assertThat(published.outputSamples(published.frames())).isEqualTo(512 + 64_000 + 512);
        assertThat(published.controlRateHz()).isEqualTo(62.5);
    }

    @Test
    void theEncoderIsTheDecodersMirror() {
        assertThat(count(published.encoderShapes(), "enc.")).isEqualTo(
                4096L * 1024 + 4096 + 2 * (4096L * 4096 + 4096) + 128L * 4096 + 128);
    }

    @Test
    void withoutTimeEmbeddingThereIsNoTable() {
        SingConfig config = new SingConfig(16000, 256, 1024, 9, 8, 4, 2304, 8, 1, 2, 2, 2, 0, false, 265, 3, List.of("a"), 60, 61,
                List.of(100));
        assertThat(config.weightShapes()).doesNotContainKey("seq.time_table.weight");
        assertThat(config.weightShapes().get("seq.lstm.weight_ih_l0")).containsExactly(32, 6);
    }
}
