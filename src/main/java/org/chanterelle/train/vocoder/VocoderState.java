package org.chanterelle.train.vocoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.Adam;
import org.chanterelle.train.CheckpointFiles;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;

/** All that a training job needs to go on as if it had never stopped. */
final class VocoderState {
    private static final double AVERAGE_SHARE = 0.005;

    final Parameters weights;
    /** Running average of the weights: what is judged and shipped. */
    final Parameters average;
    final Adam adam;
    final List<LossPoint> curve = new ArrayList<>();

    long step;
    double seconds;
    double bestLoss = Double.MAX_VALUE;
    long bestStep;
    long skippedSteps;

    private record Progress(long step, long adamSteps, double seconds, double bestLoss, long bestStep, long skippedSteps,
            List<LossPoint> curve) {}

    private VocoderState(Parameters weights, Parameters average, Adam adam) {
        this.weights = weights;
        this.average = average;
        this.adam = adam;
    }

    static VocoderState start(Parameters weights) {
        return new VocoderState(weights, weights.copy(), Adam.start(weights));
    }

    /** Moves the average on; in the beginning faster, so that it forgets the first draw. */
    void followAverage() {
        average.approach(weights, (float) Math.max(AVERAGE_SHARE, 1.0 / (step + 1)));
    }

    void save(Path folder) throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        put(all, "weights.", weights);
        put(all, "average.", average);
        put(all, "first.", adam.firstMoment());
        put(all, "second.", adam.secondMoment());
        CheckpointFiles.save(folder, step, all,
                new Progress(step, adam.steps(), seconds, bestLoss, bestStep, skippedSteps, curve));
    }

    private static void put(Map<String, Tensor> all, String prefix, Parameters parameters) {
        parameters.tensors().forEach((name, tensor) -> all.put(prefix + name, tensor));
    }

    /**
     * Loads the state, or null when there is none.
     *
     * @param like parameters of the names and shapes that are expected
     * @throws UserError when it is damaged, or of another network
     */
    static VocoderState load(Path folder, Parameters like) {
        Progress progress = CheckpointFiles.progress(folder, Progress.class);
        if (progress == null) {
            return null;
        }
        Path file = CheckpointFiles.tensors(folder, progress.step());
        Map<String, Tensor> all = Safetensors.read(file);
        VocoderState state = new VocoderState(take(all, "weights.", like, file), take(all, "average.", like, file),
                new Adam(take(all, "first.", like, file), take(all, "second.", like, file), progress.adamSteps()));
        state.step = progress.step();
        state.seconds = progress.seconds();
        state.bestLoss = progress.bestLoss();
        state.bestStep = progress.bestStep();
        state.skippedSteps = progress.skippedSteps();
        state.curve.addAll(progress.curve());
        return state;
    }

    private static Parameters take(Map<String, Tensor> all, String prefix, Parameters like, Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        like.tensors().forEach((name, tensor) -> {
            Tensor found = all.get(prefix + name);
            if (found == null || found.values().length != tensor.values().length) {
                throw new UserError(
                        file + ": made with another network configuration. Give another --out, or delete its training folder");
            }
            tensors.put(name, found);
        });
        return Parameters.of(tensors);
    }
}
