package org.chanterelle.train.mel2mel;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TrainingDevice;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.TrainingState;

/**
 * Trains a Mel2Mel model. The same arguments on the same output folder go on where a killed run stopped: every step's randomness derives
 * from the seed and the step's number.
 */
public final class Mel2MelTrainer {
    private final Request request;
    private final Listener listener;

    /**
     * What to train.
     *
     * @param data folders that {@code prepare scores} made, at least one
     * @param out model folder to make; its {@code training} folder holds checkpoints and curves
     * @param from model to begin with, at most as wide as the settings say; null for none
     * @param config settings
     * @param steps optimiser steps, or 0 when {@code minutes} counts
     * @param minutes time to spend over all runs, or 0 when {@code steps} counts
     * @param cuda whether to use a GPU
     * @param command what the user typed, for the card
     */
    public record Request(
            List<Path> data, Path out, Path from, Mel2MelTrainingConfig config, long steps, double minutes, boolean cuda,
            String command) {}

    /** Hears how it goes; called on the training thread. */
    public interface Listener {
        /** Scores are being read. */
        void reading(double share);

        /** The data are ready. */
        void loaded(int trainClips, double trainMinutes, int validClips, int instruments, long resumedAtStep);

        /** A step was made. */
        void step(long step, double loss, double share, double secondsLeft);

        /** A checkpoint was written. */
        void checkpoint(LossPoint point, boolean best);
    }

    /** Prepares; {@link #run} does the work. */
    public Mel2MelTrainer(Request request, Listener listener) {
        this.request = request;
        this.listener = listener;
        if ((request.steps() > 0) == (request.minutes() > 0)) {
            throw new UserError("train mel2mel: give either --steps or --minutes, above 0");
        }
    }

    /**
     * Trains to the end.
     *
     * @throws UserError when data, output or device cannot be used
     */
    public TrainingResult run() {
        Path training = request.out().resolve("training");
        Mel2MelTrainingConfig settings = request.config();
        Device device = TrainingDevice.of(request.cuda());
        Mel2MelData data = Mel2MelData.load(request.data(), settings, listener::reading);
        TrainingState state = TrainingState.load(training, data.config());
        if (state == null && Files.exists(request.out().resolve(ModelFolder.CARD))) {
            throw new UserError(request.out() + ": holds a finished model without its training folder. Give another --out");
        }
        Mel2MelData.Bands bands = settings.conditioned() ? data.bands() : Mel2MelData.Bands.none();
        if (state == null) {
            state = TrainingState.start(begin(data.config(), bands));
        }
        listener.loaded(data.trainClips(), data.trainMinutes(), data.validClips(), data.config().instruments().size(),
                state.progress.step());
        try (NDManager manager = NDManager.newBaseManager(device)) {
            Mel2MelStep stepper = new Mel2MelStep(manager, data.config(), settings.loss(), bands);
            Mel2MelCheckpoint checkpoint = new Mel2MelCheckpoint(request, training, data, bands, stepper);
            return new Mel2MelLoop(request, listener, data, stepper, checkpoint, state).run();
        } catch (IOException e) {
            throw new UserError(1, training + ": checkpoint cannot be written: " + e.getMessage()
                    + ". Free some space and run the same command to go on", e);
        }
    }

    private Parameters begin(Mel2MelConfig config, Mel2MelData.Bands bands) {
        Mel2MelTrainingConfig settings = request.config();
        if (request.from() == null) {
            return Mel2MelWeights.initialise(config, settings.conditioned(), settings.seed());
        }
        Mel2MelFolder from = Mel2MelFolder.load(request.from());
        Mel2MelConfig known = from.card().config();
        if (!known.instruments().equals(config.instruments()) || known.timbreSize() != config.timbreSize()
                || known.units() > config.units()) {
            throw new UserError(request.from() + ": " + known.units() + " units, timbres of " + known.timbreSize() + " for "
                    + known.instruments() + "; cannot become " + config.units() + " units, timbres of " + config.timbreSize()
                    + " for " + config.instruments());
        }
        return Mel2MelWeights.unfolded(Widening.widen(known, from.weights(), config.units(), settings.seed()), bands);
    }
}
