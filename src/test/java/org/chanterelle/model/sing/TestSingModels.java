package org.chanterelle.model.sing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;

/** SING model folders with random weights, for tests of all that does not need a trained one. */
public final class TestSingModels {
    private TestSingModels() {}

    /** A small network with three instruments, keys 48 to 72 and three velocities. */
    public static SingConfig smallConfig() {
        return new SingConfig(16000, 256, 1024, 9, 24, 12, 2304, 20, 3, 6, 4, 2, 4, false, 265, 3.0,
                List.of("brass_a", "mallet_b", "string_c"), 48, 72, List.of(40, 80, 120));
    }

    /** Weights as a fresh network has them, reproducible. */
    public static Map<String, Tensor> weights(Map<String, int[]> shapes, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            double inputs = shape.length == 1 ? 9 : (double) values.length / shape[0];
            double spread = name.contains("table") ? 1.0 : 1.0 / Math.sqrt(inputs);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (spread * random.nextGaussian());
            }
            weights.put(name, new Tensor(shape, values));
        });
        return weights;
    }

    /** A card for {@code config}. */
    public static SingCard card(SingConfig config) {
        return new SingCard(
                ModelCard.FORMAT_VERSION,
                "test-notes",
                SingConfig.KIND,
                "Random weights.",
                "CC0-1.0",
                config,
                config.instruments().stream().map(name -> new SingCard.Instrument(
                        name, name.split("_")[0], config.lowestPitch(), config.highestPitch(), null)).toList(),
                new ModelCard.Training("none", 0, 0, 1),
                List.of(new ModelCard.Source("CC0-1.0", "nobody", List.of("nothing.wav"))),
                Map.of());
    }

    /** Writes card and weights to {@code folder}. */
    public static Path write(Path folder, SingConfig config, long seed) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(ModelFolder.CARD), CardFile.toJson(card(config)));
            try (OutputStream out = Files.newOutputStream(folder.resolve(ModelFolder.WEIGHTS))) {
                Safetensors.write(out, weights(config.weightShapes(), seed), Safetensors.Precision.F16);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
