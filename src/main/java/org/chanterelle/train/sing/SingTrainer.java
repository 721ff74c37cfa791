package org.chanterelle.train.sing;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingDevice;
import org.chanterelle.train.TrainingResult;

/**
 * Trains a SING model in three stages. The same arguments on the same output folder go on where a killed run stopped: every step's
 * randomness derives from the seed and the step's number.
 */
public final class SingTrainer {
    private final Request request;
    private final Listener listener;

    /**
     * What to train.
     *
     * @param data folder of notes
     * @param out model folder to make; its {@code training} folder holds checkpoints, curves and examples
     * @param config settings
     * @param steps in all stages, or 0
     * @param minutes to spend over all runs, or 0; where both are 0 the settings say each stage's steps
     * @param cuda whether to use a GPU
     * @param command what the user typed, for the card
     */
    public record Request(
            Path data, Path out, SingTrainingConfig config, long steps, double minutes, boolean cuda, String command) {}

    /** Hears how it goes; called on the training thread. */
    public interface Listener {
        /** Notes are being read. */
        void reading(double share);

        /** The data are ready. */
        void loaded(int trainNotes, int validNotes, int instruments, SingStage stage, long resumedAtStep);

        /** A step was made. */
        void step(SingStage stage, long step, double loss, double share, double secondsLeft);

        /** All steps are made; the model's level is compared with the notes'. */
        void levelling(double share);

        /** A checkpoint was written. */
        void checkpoint(SingStage stage, LossPoint point, boolean best);
    }

    /** Prepares; {@link #run} does the work. */
    public SingTrainer(Request request, Listener listener) {
        this.request = request;
        this.listener = listener;
        if (request.steps() > 0 && request.minutes() > 0) {
            throw new UserError("train sing: give either --steps or --minutes, not both");
        }
        boolean told = request.steps() > 0 || request.minutes() > 0;
        for (SingStage stage : SingStage.values()) {
            told |= request.config().stage(stage).steps() > 0;
        }
        if (!told) {
            throw new UserError("train sing: give --steps or --minutes above 0, or the steps of each stage in --config");
        }
    }

    /**
     * Trains to the end.
     *
     * @throws UserError when data, output or device cannot be used
     */
    public TrainingResult run() {
        Path training = request.out().resolve("training");
        SingNotes notes = SingNotes.open(request.data(), request.config());
        SingState state = SingState.load(training, notes.config());
        if (state == null && Files.exists(request.out().resolve(ModelFolder.CARD))) {
            throw new UserError(request.out() + ": holds a finished model without its training folder. Give another --out");
        }
        Device device = TrainingDevice.of(request.cuda());
        long resumedAt = state == null ? 0 : state.step;
        if (state == null) {
            state = SingState.start(notes.config(), request.config());
        }
        notes.preload(listener::reading);
        listener.loaded(notes.train().size(), notes.valid().size(), notes.config().instruments().size(), state.stage, resumedAt);
        try {
            Files.createDirectories(training);
        } catch (IOException e) {
            throw new UserError(training + ": cannot be made: " + e.getMessage() + ". Name another --out", e);
        }
        try (NDManager manager = NDManager.newBaseManager(device)) {
            SingStep stepper = new SingStep(manager, notes.config(), request.config().loss());
            SingCheckpoint checkpoint = new SingCheckpoint(request, training, notes, stepper);
            TrainingResult result = new SingLoop(request, listener, notes, stepper, checkpoint, state).run();
            if (request.config().levelled() && Files.exists(request.out().resolve(ModelFolder.CARD))) {
                new LevelMeter(notes, stepper, listener::levelling).measure(request.out());
            }
            return result;
        } catch (IOException e) {
            throw new UserError(1, training + ": checkpoint cannot be written: " + e.getMessage()
                    + ". Free some space and run the same command to go on", e);
        }
    }
}
