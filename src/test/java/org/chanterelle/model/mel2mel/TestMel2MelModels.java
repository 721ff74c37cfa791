package org.chanterelle.model.mel2mel;

import java.io.IOException;
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

/** Small untrained models. */
public final class TestMel2MelModels {
    private TestMel2MelModels() {}

    /** Three instruments, 16 units. */
    public static Mel2MelConfig smallConfig() {
        return Mel2MelConfig.of(16, 2, List.of("harp", "trumpet", "organ"), List.of(46, 56, 19));
    }

    /** Weights as drawn, the output about -5. */
    public static Map<String, Tensor> weights(Mel2MelConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.weightShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.size(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.4 * random.nextGaussian()) + (name.equals("output.bias") ? -5f : 0f);
            }
            weights.put(name, new Tensor(shape, values));
        });
        return weights;
    }

    /** Writes a model folder. */
    public static Mel2MelFolder write(Path folder, Mel2MelConfig config, long seed) {
        Mel2MelCard card = new Mel2MelCard(ModelCard.FORMAT_VERSION, folder.getFileName().toString(), Mel2MelConfig.KIND,
                "A test.", "none", config, "log-l1", new ModelCard.Training("none", 0, 0, seed), List.of(), Map.of());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(ModelFolder.CARD), CardFile.toJson(card));
            try (var out = Files.newOutputStream(folder.resolve(ModelFolder.WEIGHTS))) {
                Safetensors.write(out, weights(config, seed), Safetensors.Precision.F16);
            }
            return Mel2MelFolder.load(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
