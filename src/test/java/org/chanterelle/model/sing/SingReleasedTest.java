package org.chanterelle.model.sing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our classes on weights and notes that the released code was run with, and with carriers the training twin in PyTorch. */
class SingReleasedTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/chanterelle/model/sing");

    private Map<String, Tensor> tensors;

    private int[] rows(String name) {
        float[] values = tensors.get(name).values();
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }

    @ParameterizedTest
    @CsvSource({"released.safetensors, false", "carried.safetensors, true"})
    void theSameWeightsMakeTheSameAudio(String file, boolean carriers) {
        tensors = Safetensors.read(FOLDER.resolve(file));
        SingConfig config = new SingConfig(16000, 8, 32, 5, 12, 8, 0, 16, 3, 3, 2, 2, 4, carriers, 21, 1,
                List.of("a", "b", "c", "d", "e"),
                60, 66, List.of(1, 2, 3, 4, 5));
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            config.weightShapes().forEach((name, shape) -> {
                assertThat(tensors.get(name).shape()).as(name).containsExactly(shape);
                weights.put(name, manager.create(tensors.get(name).values(),
                        new Shape(IntStream.of(shape).asLongStream().toArray())));
            });
            SingGenerator generator = new SingGenerator(config, weights);
            SingGenerator.Notes notes = generator.embed(manager, rows("in.instrument"), rows("in.pitch"), rows("in.velocity"));
            NDArray made = generator.forward(notes, SingGenerator.times(0, 21), generator.start(manager, 2)).representation();
            assertThat(made.transpose(0, 2, 1).toFloatArray())
                    .containsExactly(tensors.get("out.embedding").values(), within(1e-5f));
            NDArray audio = new SingDecoder(config, weights).forward(made);
            assertThat(audio.getShape().getShape()).containsExactly(2, config.outputSamples(21));
            assertThat(audio.toFloatArray()).containsExactly(tensors.get("out.audio").values(), within(1e-5f));
        }
    }
}
