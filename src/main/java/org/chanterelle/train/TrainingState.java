package org.chanterelle.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.ModelConfig;
import org.chanterelle.signal.UserError;

/**
 * All that a training job needs to go on as if it had never stopped: weights, their running average, Adam's moments, and where it
 * was. One safetensors file and one JSON file, both replaced whole.
 */
public final class TrainingState {
    private static final String WEIGHTS = "weights.";
    private static final String AVERAGE = "average.";

    /**
     * Where the job stands.
     *
     * @param step optimiser steps done
     * @param seconds spent training
     * @param bestLoss lowest validation loss so far
     * @param bestStep the step that reached it
     * @param skippedSteps steps whose gradient was not finite
     * @param curve loss history
     */
    public record Progress(long step, double seconds, double bestLoss, long bestStep, long skippedSteps, List<LossPoint> curve) {
        /** Nothing done yet. */
        public static Progress start() {
            return new Progress(0, 0, Double.MAX_VALUE, 0, 0, new ArrayList<>());
        }
    }

    /** As the optimiser has them. */
    public final Parameters weights;

    /** Their running average. */
    public final Parameters average;

    /** The optimiser. */
    public final Adam adam;

    /** Where the job stands. */
    public final Progress progress;

    /** Takes its parts, not copied. */
    public TrainingState(Parameters weights, Parameters average, Adam adam, Progress progress) {
        this.weights = weights;
        this.average = average;
        this.adam = adam;
        this.progress = progress;
    }

    /** The beginning of a job. */
    public static TrainingState start(Parameters weights) {
        return new TrainingState(weights, weights.copy(), Adam.start(weights), Progress.start());
    }

    /** Writes the state; a kill at any instant leaves this one or the one before. */
    public void save(Path folder) throws IOException {
        CheckpointArrays arrays = CheckpointArrays.of(adam).with(WEIGHTS, weights).with(AVERAGE, average);
        CheckpointFiles.save(folder, progress.step(), arrays, progress);
    }

    /** Loads the state of a model's training, or null when there is none. */
    public static TrainingState load(Path folder, ModelConfig config) {
        return load(folder, config.weightShapes());
    }

    /**
     * Loads the state, or null when there is none.
     *
     * @param shapes of all that is learnt, by name
     * @throws UserError when it is damaged, or of another network
     */
    public static TrainingState load(Path folder, Map<String, int[]> shapes) {
        Progress progress = CheckpointFiles.progress(folder, Progress.class);
        if (progress == null) {
            return null;
        }
        if (progress.curve() == null) {
            throw CheckpointFiles.incomplete(folder);
        }
        CheckpointArrays arrays = CheckpointFiles.arrays(folder, progress.step());
        return new TrainingState(arrays.parameters(WEIGHTS, shapes), arrays.parameters(AVERAGE, shapes),
                arrays.adam(shapes, progress.step() - progress.skippedSteps()), progress);
    }
}
