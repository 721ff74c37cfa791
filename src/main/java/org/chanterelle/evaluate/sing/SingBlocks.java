package org.chanterelle.evaluate.sing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingDecoder;
import org.chanterelle.model.sing.SingEncoder;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.model.sing.SingGenerator;
import org.chanterelle.model.sing.SingLevels;
import org.chanterelle.signal.UserError;

/** A SING network, or an autoencoder with its weights, as training has them. One thread; close it after use. */
final class SingBlocks implements NoteGenerator, AutoCloseable {
    private final SingConfig config;
    private final NDManager manager;
    private final SingLevels levels;
    private final Map<String, NDArray> weights = new HashMap<>();

    SingBlocks(SingFolder model) {
        this(model.card().config(), model.weights(), SingLevels.of(model.card()));
    }

    private SingBlocks(SingConfig config, Map<String, Tensor> tensors, SingLevels levels) {
        this.config = config;
        this.levels = levels;
        manager = NDManager.newBaseManager();
        tensors.forEach((name, tensor) -> weights.put(
                name, manager.create(tensor.values(), new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
    }

    /** The autoencoder that a training job left beside its model, if it did. */
    static Optional<SingBlocks> autoencoder(SingConfig config, Path model) {
        Path file = model.resolve("training").resolve("autoencoder.safetensors");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, Tensor> all = Safetensors.read(file);
        Map<String, int[]> shapes = new HashMap<>(config.encoderShapes());
        config.weightShapes().forEach((name, shape) -> {
            if (name.startsWith(SingConfig.DECODER)) {
                shapes.put(name, shape);
            }
        });
        Map<String, Tensor> own = new HashMap<>();
        shapes.forEach((name, shape) -> {
            Tensor tensor = all.get(name);
            if (tensor == null || Tensor.size(shape) != tensor.values().length) {
                throw new UserError(
                        file + ": " + name + " is missing or of another size than the card tells. It belongs to another"
                                + " model: train again or remove it");
            }
            own.put(name, new Tensor(shape, tensor.values()));
        });
        return Optional.of(new SingBlocks(config, own, SingLevels.none()));
    }

    @Override
    public float[] render(String instrument, int pitch, int velocity) {
        int[] rows = {config.instruments().indexOf(instrument), pitch - config.lowestPitch(),
                config.velocities().indexOf(velocity)};
        if (rows[0] < 0 || rows[1] < 0 || rows[1] >= config.pitches() || rows[2] < 0) {
            throw new IllegalArgumentException("no such note: " + instrument + ", " + pitch + ", " + velocity);
        }
        float[] audio = note(step -> {
            SingGenerator generator = new SingGenerator(config, weights);
            SingGenerator.Notes symbols = generator.embed(step, new int[] {rows[0]}, new int[] {rows[1]}, new int[] {rows[2]});
            int[] times = SingGenerator.times(0, config.frames());
            return generator.forward(symbols, times, generator.start(step, 1)).representation();
        });
        float gain = levels.gain(rows[0], rows[0], 0f, rows[1]);
        for (int n = 0; n < audio.length; n++) {
            audio[n] *= gain;
        }
        return audio;
    }

    /** The note as the autoencoder gives it back. */
    float[] reconstruct(float[] audio) {
        float[] padded = new float[audio.length + 2 * config.padding()];
        System.arraycopy(audio, 0, padded, config.padding(), audio.length);
        return note(step -> new SingEncoder(config, weights).forward(step.create(padded).reshape(1, padded.length)));
    }

    private float[] note(Function<NDManager, NDArray> representation) {
        // The scope also closes what operations on the weights leave with the weights' manager.
        try (NDManager step = manager.newSubManager(); NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray audio = new SingDecoder(config, weights).forward(representation.apply(step));
            float[] all = audio.toFloatArray();
            return java.util.Arrays.copyOfRange(all, config.leadSamples(), config.leadSamples() + config.noteSamples());
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
