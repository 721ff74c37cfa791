package org.chanterelle.model.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;

/** Small untrained autoencoders. */
public final class TestVqVaeModels {
    private TestVqVaeModels() {}

    /** Hop 8, at 16 kHz. */
    public static VqVaeConfig small() {
        return new VqVaeConfig(16000, 1, List.of(2, 1), 5, 2, 3, 0, 4, 16);
    }

    /** Random weights, large enough that all codes differ. */
    public static Map<String, Tensor> weights(VqVaeConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.weightShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.8 * random.nextDouble() - 0.4);
            }
            weights.put(name, new Tensor(shape, values));
        });
        return weights;
    }

    /** Writes a model folder. */
    public static Path write(Path folder, VqVaeConfig config, long seed) throws IOException {
        Files.createDirectories(folder);
        VqVaeCard card = new VqVaeCard(ModelCard.FORMAT_VERSION, folder.getFileName().toString(), VqVaeConfig.KIND, "A test.",
                "CC0", config, new ModelCard.Training("none", 0, 0, seed), List.of(), Map.of());
        Files.writeString(folder.resolve(ModelFolder.CARD), CardFile.toJson(card));
        try (var out = Files.newOutputStream(folder.resolve(ModelFolder.WEIGHTS))) {
            Safetensors.write(out, weights(config, seed), Safetensors.Precision.F32);
        }
        return folder;
    }
}
