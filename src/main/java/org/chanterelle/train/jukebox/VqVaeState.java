package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.Adam;
import org.chanterelle.train.CheckpointArrays;
import org.chanterelle.train.CheckpointFiles;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TrainingState;

/** All that a training job needs to go on as if it had never stopped. */
final class VqVaeState {
    private static final String WEIGHTS = "weights.";
    private static final String AVERAGE = "average.";
    private static final String VECTORS = "codebook.k";
    private static final String SUMS = "codebook.k_sum";
    private static final String COUNTS = "codebook.k_elem";

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
        int[] shape = {config.codes(), config.embedding()};
        CheckpointArrays arrays = CheckpointArrays.of(adam).with(WEIGHTS, weights).with(AVERAGE, average)
                .with(VECTORS, shape, codebook.vectors())
                .with(SUMS, shape, codebook.sums())
                .with(COUNTS, new int[] {config.codes()}, codebook.counts());
        CheckpointFiles.save(folder, progress.step(), arrays, new Saved(config, fromTrained, progress));
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
        if (!config.equals(saved.config())) {
            throw new UserError(folder + ": training of another network configuration. Give another --out, or delete it");
        }
        TrainingState.Progress progress = saved.progress();
        if (progress == null || progress.curve() == null) {
            throw CheckpointFiles.incomplete(folder);
        }
        CheckpointArrays arrays = CheckpointFiles.arrays(folder, progress.step());
        int size = config.codes() * config.embedding();
        Codebook codebook = new Codebook(config.codes(), config.embedding(), arrays.values(VECTORS, size),
                arrays.values(SUMS, size), arrays.values(COUNTS, config.codes()));
        Map<String, int[]> shapes = config.networkShapes();
        return new VqVaeState(config, arrays.parameters(WEIGHTS, shapes), arrays.parameters(AVERAGE, shapes), codebook,
                arrays.adam(shapes, progress.step() - progress.skippedSteps()), saved.fromTrained(), progress);
    }
}
