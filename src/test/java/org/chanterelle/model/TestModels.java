package org.chanterelle.model;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;

/** Model folders with random weights, for tests of all that does not need a trained one. */
public final class TestModels {
    /** Loudness statistics of a plausible training set. */
    public static final Normalisation NORMALISATION = new Normalisation(-4f, 8f, -24f, 6f, -21f, 0f);

    private TestModels() {}

    /** A small network at 16 kHz and 250 control frames a second, with one short room. */
    public static TimbreConfig smallConfig() {
        return new TimbreConfig(32, 20, 17, 16000, 250, 4000, 1, -5f, TimbreConfig.Skip.FEATURES);
    }

    /** Weights as a fresh network has them, reproducible; biases and gains vary too, so that a swapped one shows. */
    public static Map<String, Tensor> weights(TimbreConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.weightShapes().forEach((name, shape) -> weights.put(name, tensor(name, shape, random)));
        return weights;
    }

    private static Tensor tensor(String name, int[] shape, Random random) {
        float[] values = new float[(int) Tensor.size(shape)];
        boolean gain = name.matches("mlp_.*\\.[147]\\.weight");
        double spread = name.equals("reverb") ? 0.02 : 1.0 / Math.sqrt(shape[shape.length - 1]);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((gain ? 1.0 : 0.0) + spread * random.nextGaussian());
        }
        return new Tensor(shape, values);
    }

    /** A card for {@code config}. */
    public static ModelCard card(TimbreConfig config) {
        List<String> rooms = new ArrayList<>();
        for (int room = 0; room < config.rooms(); room++) {
            rooms.add("room-" + room);
        }
        return new ModelCard(
                ModelCard.FORMAT_VERSION,
                "test",
                "timbre",
                "Random weights.",
                "CC0-1.0",
                config,
                NORMALISATION,
                new ModelCard.PitchRange(190f, 520f, 1800f),
                rooms,
                new ModelCard.Training("none", 0, 0, 1),
                List.of(new ModelCard.Source("CC0-1.0", "nobody", List.of("nothing.wav"))),
                Map.of());
    }

    /** Writes card and weights to {@code folder}. */
    public static Path write(Path folder, TimbreConfig config, long seed) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(ModelFolder.CARD), ModelFolder.toJson(card(config)));
            try (OutputStream out = Files.newOutputStream(folder.resolve(ModelFolder.WEIGHTS))) {
                Safetensors.write(out, weights(config, seed), Safetensors.Precision.F16);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
