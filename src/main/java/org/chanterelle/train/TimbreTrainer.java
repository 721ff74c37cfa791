package org.chanterelle.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.UserError;

/**
 * Trains a timbre model: random crops, Adam, best-on-validation weights, checkpoints. The same arguments on the same output folder
 * go on where a killed run stopped, with the same loss curve: every step's randomness derives from the seed and the step's number.
 */
public final class TimbreTrainer {
    private final Request request;
    private final TrainingConfig config;
    private final Listener listener;

    /**
     * What to train.
     *
     * @param data directory of recordings
     * @param out model folder to make; its {@code training} folder holds checkpoints, curve and examples
     * @param config settings
     * @param steps optimiser steps, or 0 when {@code minutes} counts
     * @param minutes time to spend over all runs, or 0 when {@code steps} counts
     * @param cuda whether to use a GPU
     * @param command what the user typed, for the card
     */
    public record Request(Path data, Path out, TrainingConfig config, long steps, double minutes, boolean cuda, String command) {}

    /** Hears how it goes; called on the training thread. */
    public interface Listener {
        /** Features of this file are being read. */
        void reading(String file);

        /** The data are ready. */
        void loaded(TimbreDataset data, long resumedAtStep);

        /** A step was made. */
        void step(long step, double loss, double share, double secondsLeft);

        /** A checkpoint was written. */
        void checkpoint(LossPoint point, boolean best);
    }

    /**
     * What came of it.
     *
     * @param training steps, loss and time
     * @param skippedFiles one line for each file that could not be used
     */
    public record Result(TrainingResult training, List<String> skippedFiles) {}

    /** Prepares; {@link #run} does the work. */
    public TimbreTrainer(Request request, Listener listener) {
        this.request = request;
        this.config = request.config();
        this.listener = listener;
        if ((request.steps() > 0) == (request.minutes() > 0)) {
            throw new UserError("train: give either --steps or --minutes, above 0");
        }
    }

    /**
     * Trains to the end.
     *
     * @throws UserError when data, output or device cannot be used
     */
    public Result run() {
        Path training = request.out().resolve("training");
        TimbreConfig model = config.model();
        TrainingState state = TrainingState.load(training, model);
        if (state == null && Files.exists(request.out().resolve(ModelFolder.CARD))) {
            throw new UserError(request.out() + ": holds a finished model without its training folder. Give another --out");
        }
        Device device = TrainingDevice.of(request.cuda());
        TimbreDataset data = TimbreDataset.load(request.data(), config, training.resolve("features"), listener::reading);
        Normalisation normalisation = data.normalisation(config.levelDbfs());
        if (state == null) {
            Parameters weights = Parameters.initialise(model, config.seed());
            if (!config.startFrom().isEmpty()) {
                weights.adopt(ModelFolder.load(Path.of(config.startFrom())).weights());
            }
            state = TrainingState.start(weights);
        }
        listener.loaded(data, state.progress.step());
        try (NDManager manager = NDManager.newBaseManager(device)) {
            TimbreStep stepper = new TimbreStep(manager, model, normalisation, config.dropout(), config.lossWindows());
            TimbreCheckpoint checkpoint = new TimbreCheckpoint(request, training, data, normalisation, stepper);
            return new TimbreLoop(request, listener, data, stepper, checkpoint, state).run();
        } catch (IOException e) {
            throw new UserError(1, training + ": checkpoint cannot be written: " + e.getMessage()
                    + ". Free some space and run the same command to go on", e);
        }
    }
}
