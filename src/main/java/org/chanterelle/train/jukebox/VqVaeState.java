package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.Adam;
import org.chanterelle.train.CheckpointFiles;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TrainingState;

/** All that a training job needs to go on as if it had never stopped. */
final class VqVaeState {
    final VqVaeConfig config;
    final Parameters weights;
    final Parameters average;
    final Codebook codebook;
    final Adam adam;

    /** Whether it began with a trained level, whose codebook counts from the first step. */
    final boolean fromTrained;

    /** Where the job stands. */
    final TrainingState.Progress progress;

    /** What is saved beside the arrays. */
    private record Saved(VqVaeConfig config, boolean fromTrained, TrainingState.Progress progress) {}

    private VqVaeState(
            VqVaeConfig config, Parameters weights, Parameters average, Codebook codebook, Adam adam, boolean fromTrained,
            TrainingState.Progress progress) {
        this.config = config;
        this.weights = weights;
        this.average = average;
        this.codebook = codebook;
        this.adam = adam;
        this.fromTrained = fromTrained;
        this.progress = progress;
    }

    /** A fresh one; the first step fills its codebook. */
    static VqVaeState start(VqVaeConfig config, long seed) {
        Codebook codebook = new Codebook(config.codes(), config.embedding(), new float[config.codes() * config.embedding()]);
        return start(config, Parameters.of(UntrainedLevel.network(config, seed)), codebook, false);
    }

    /**
     * One that goes on from a trained level, with a fresh optimiser.
     *
     * @throws UserError when the level is of another network
     */
    static VqVaeState from(VqVaeFolder trained, VqVaeConfig config) {
        if (!config.equals(trained.card().config())) {
            throw new UserError(
                    trained.path() + ": a level of another network than the settings'. Give its settings with --config "
                            + "and its level with --level");
        }
        Map<String, Tensor> network = new LinkedHashMap<>(trained.weights());
        network.remove(VqVaeConfig.CODEBOOK);
        return start(config, Parameters.of(network), trained.codebook(), true);
    }

    private static VqVaeState start(VqVaeConfig config, Parameters weights, Codebook codebook, boolean fromTrained) {
        return new VqVaeState(config, weights, weights.copy(), codebook, Adam.start(weights), fromTrained,
                TrainingState.Progress.start());
    }

    /** The same arrays, further on. */
    VqVaeState at(TrainingState.Progress further) {
        return new VqVaeState(config, weights, average, codebook, adam, fromTrained, further);
    }

    /** The shipped weights: the running average with the codebook. */
    Map<String, Tensor> shipped() {
        Map<String, Tensor> all = new LinkedHashMap<>(average.tensors());
        all.put(VqVaeConfig.CODEBOOK, new Tensor(new int[] {config.codes(), config.embedding()}, codebook.vectors()));
        return all;
    }

    void save(Path folder) throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        put(all, "weights.", weights);
        put(all, "average.", average);
        put(all, "first.", adam.firstMoment());
        put(all, "second.", adam.secondMoment());
        int[] shape = {config.codes(), config.embedding()};
        all.put("codebook.k", new Tensor(shape, codebook.vectors()));
        all.put("codebook.k_sum", new Tensor(shape, codebook.sums()));
        all.put("codebook.k_elem", new Tensor(new int[] {config.codes()}, codebook.counts()));
        CheckpointFiles.save(folder, progress.step(), all, new Saved(config, fromTrained, progress));
    }

    private static void put(Map<String, Tensor> all, String prefix, Parameters parameters) {
        parameters.tensors().forEach((name, tensor) -> all.put(prefix + name, tensor));
    }

    /**
     * Loads the state, or null when there is none.
     *
     * @throws UserError when it is damaged, or of another network
     */
    static VqVaeState load(Path folder, VqVaeConfig config) {
        Saved saved = CheckpointFiles.progress(folder, Saved.class);
        if (saved == null) {
            return null;
        }
        TrainingState.Progress progress = saved.progress();
        if (progress == null || progress.curve() == null) {
            throw damaged(folder.resolve("state.json"), folder, null);
        }
        Path file = CheckpointFiles.tensors(folder, progress.step());
        if (!config.equals(saved.config())) {
            throw new UserError(file + ": made with another network configuration. Give another --out, or delete " + folder);
        }
        Map<String, Tensor> all;
        try {
            all = Safetensors.read(file);
        } catch (UserError e) {
            throw damaged(file, folder, e);
        }
        Map<String, int[]> shapes = config.networkShapes();
        Codebook codebook = new Codebook(config.codes(), config.embedding(),
                values(all, "codebook.k", config.codes() * config.embedding(), file, folder),
                values(all, "codebook.k_sum", config.codes() * config.embedding(), file, folder),
                values(all, "codebook.k_elem", config.codes(), file, folder));
        Adam adam = new Adam(take(all, "first.", shapes, file, folder), take(all, "second.", shapes, file, folder),
                progress.step() - progress.skippedSteps());
        return new VqVaeState(config, take(all, "weights.", shapes, file, folder),
                take(all, "average.", shapes, file, folder), codebook, adam, saved.fromTrained(), progress);
    }

    private static Parameters take(Map<String, Tensor> all, String prefix, Map<String, int[]> shapes, Path file, Path folder) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(
                name, new Tensor(shape, values(all, prefix + name, (int) Tensor.size(shape), file, folder))));
        return Parameters.of(tensors);
    }

    private static float[] values(Map<String, Tensor> all, String name, int size, Path file, Path folder) {
        Tensor tensor = all.get(name);
        if (tensor == null || tensor.values().length != size) {
            throw damaged(file, folder, null);
        }
        return tensor.values();
    }

    private static UserError damaged(Path file, Path folder, Exception cause) {
        return new UserError(file + ": damaged or incomplete checkpoint. Delete " + folder + " to start afresh", cause);
    }
}
