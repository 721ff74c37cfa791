package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.Adam;
import org.chanterelle.train.CheckpointFiles;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;

/** All that a training job needs to go on as if it had never stopped. */
final class VqVaeState {
    final VqVaeConfig config;
    final Parameters weights;
    final Parameters average;
    final Codebook codebook;
    final List<LossPoint> curve = new ArrayList<>();

    Adam adam;
    long step;
    double seconds;
    double bestLoss = Double.MAX_VALUE;
    long bestStep;
    long skippedSteps;

    /** What is saved beside the arrays. */
    private record Progress(VqVaeConfig config, long step, long adamSteps, double seconds, double bestLoss, long bestStep,
            long skippedSteps, List<LossPoint> curve) {}

    private VqVaeState(VqVaeConfig config, Parameters weights, Parameters average, Codebook codebook, Adam adam) {
        this.config = config;
        this.weights = weights;
        this.average = average;
        this.codebook = codebook;
        this.adam = adam;
    }

    /** A fresh one; the first step fills its codebook. */
    static VqVaeState start(VqVaeConfig config, long seed) {
        Parameters weights = Parameters.of(UntrainedLevel.network(config, seed));
        Codebook codebook = new Codebook(config.codes(), config.embedding(), new float[config.codes() * config.embedding()]);
        return new VqVaeState(config, weights, weights.copy(), codebook, Adam.start(weights));
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
        CheckpointFiles.save(folder, step, all,
                new Progress(config, step, adam.steps(), seconds, bestLoss, bestStep, skippedSteps, curve));
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
        Progress progress = CheckpointFiles.progress(folder, Progress.class);
        if (progress == null) {
            return null;
        }
        Path file = CheckpointFiles.tensors(folder, progress.step());
        if (!config.equals(progress.config())) {
            throw new UserError(file + ": made with another network configuration. Give another --out, or delete " + folder);
        }
        Map<String, Tensor> all;
        try {
            all = Safetensors.read(file);
        } catch (UserError e) {
            throw damaged(file, folder, e);
        }
        if (progress.curve() == null) {
            throw damaged(file, folder, null);
        }
        Map<String, int[]> shapes = config.networkShapes();
        Codebook codebook = new Codebook(config.codes(), config.embedding(),
                values(all, "codebook.k", config.codes() * config.embedding(), file, folder),
                values(all, "codebook.k_sum", config.codes() * config.embedding(), file, folder),
                values(all, "codebook.k_elem", config.codes(), file, folder));
        VqVaeState state = new VqVaeState(config, take(all, "weights.", shapes, file, folder),
                take(all, "average.", shapes, file, folder), codebook,
                new Adam(take(all, "first.", shapes, file, folder), take(all, "second.", shapes, file, folder),
                        progress.adamSteps()));
        state.step = progress.step();
        state.seconds = progress.seconds();
        state.bestLoss = progress.bestLoss();
        state.bestStep = progress.bestStep();
        state.skippedSteps = progress.skippedSteps();
        state.curve.addAll(progress.curve());
        return state;
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
