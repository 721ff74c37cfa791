package org.chanterelle.train.sing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.Adam;
import org.chanterelle.train.CheckpointArrays;
import org.chanterelle.train.CheckpointFiles;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;

/** All that a training job needs to go on as if it had never stopped. The optimiser begins afresh with each stage. */
final class SingState {
    private static final String WEIGHTS = "weights.";

    final SingConfig config;
    final Parameters weights;
    final Map<SingStage, List<LossPoint>> curves = new EnumMap<>(SingStage.class);

    SingStage stage;
    Parameters learned;
    Adam adam;
    long step;
    long stageStep;
    double seconds;
    double stageStartSeconds;
    double bestLoss = Double.MAX_VALUE;
    long bestStep;
    long skippedSteps;

    /** What is saved beside the arrays. */
    private record Progress(SingConfig config, SingStage stage, long step, long stageStep, long adamSteps, double seconds,
            double stageStartSeconds, double bestLoss, long bestStep, long skippedSteps,
            Map<SingStage, List<LossPoint>> curves) {}

    private SingState(SingConfig config, Parameters weights, SingStage stage) {
        this.config = config;
        this.weights = weights;
        begin(stage);
    }

    static SingState start(SingConfig config, SingTrainingConfig settings) {
        Parameters weights = SingWeights.initialise(config, settings.seed());
        if (settings.initial() == SingTrainingConfig.Initial.LAPPED) {
            LappedTransform.lay(config, weights, settings.seed());
        }
        return new SingState(config, weights, SingStage.AUTOENCODER);
    }

    /** Goes over to a stage: its weights, a fresh optimiser. */
    void begin(SingStage next) {
        stage = next;
        learned = weights.only(next::learns);
        adam = Adam.start(learned);
        stageStep = 0;
        stageStartSeconds = seconds;
        bestLoss = Double.MAX_VALUE;
    }

    List<LossPoint> curve() {
        return curves.computeIfAbsent(stage, any -> new ArrayList<>());
    }

    void save(Path folder) throws IOException {
        CheckpointFiles.save(folder, step, CheckpointArrays.of(adam).with(WEIGHTS, weights),
                new Progress(config, stage, step, stageStep, adam.steps(), seconds,
                        stageStartSeconds, bestLoss, bestStep, skippedSteps, curves));
    }

    /**
     * Loads the state, or null when there is none.
     *
     * @throws UserError when it is damaged, or of another network or other notes
     */
    static SingState load(Path folder, SingConfig config) {
        Progress progress = CheckpointFiles.progress(folder, Progress.class);
        if (progress == null) {
            return null;
        }
        if (!config.equals(progress.config())) {
            throw new UserError(folder + ": training of another network configuration or other notes. Give another --out, or"
                    + " delete it");
        }
        if (progress.stage() == null || progress.curves() == null) {
            throw CheckpointFiles.incomplete(folder);
        }
        CheckpointArrays arrays = CheckpointFiles.arrays(folder, progress.step());
        SingState state = new SingState(config, arrays.parameters(WEIGHTS, SingWeights.shapes(config)), progress.stage());
        Map<String, int[]> learned = new LinkedHashMap<>();
        state.learned.tensors().forEach((name, tensor) -> learned.put(name, tensor.shape()));
        state.adam = arrays.adam(learned, progress.adamSteps());
        state.step = progress.step();
        state.stageStep = progress.stageStep();
        state.seconds = progress.seconds();
        state.stageStartSeconds = progress.stageStartSeconds();
        state.bestLoss = progress.bestLoss();
        state.bestStep = progress.bestStep();
        state.skippedSteps = progress.skippedSteps();
        state.curves.putAll(progress.curves());
        return state;
    }
}
