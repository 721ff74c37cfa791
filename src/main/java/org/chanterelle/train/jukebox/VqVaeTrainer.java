package org.chanterelle.train.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingDevice;
import org.chanterelle.train.TrainingResult;

/**
 * Trains one level's autoencoder. The same arguments on the same output folder go on where a killed run stopped: every step's randomness
 * derives from the seed and the step's number.
 */
public final class VqVaeTrainer {
    private static final int SCALE_CROPS = 64;

    private final Request request;
    private final Listener listener;

    /**
     * What to train.
     *
     * @param data folder of recordings
     * @param out model folder to make; its {@code training} folder holds checkpoints, curves and examples
     * @param config settings
     * @param level 0 for the bottom one
     * @param from trained level to begin with; null for none
     * @param steps in all, or 0
     * @param minutes to spend over all runs, or 0
     * @param cuda whether to use a GPU
     * @param command what the user typed, for the card
     */
    public record Request(Path data, Path out, VqVaeTrainingConfig config, int level, Path from, long steps, double minutes,
            boolean cuda, String command) {}

    /** Hears how it goes; called on the training thread. */
    public interface Listener {
        /** A recording is being read. */
        void reading(String name);

        /** The data are ready. */
        void loaded(double trainMinutes, double validMinutes, List<String> skipped, VqVaeConfig network, long resumedAtStep);

        /** A step was made. */
        void step(long step, double loss, double share, double secondsLeft);

        /** A checkpoint was written. */
        void checkpoint(LossPoint point, double convergenceDb, int codesUsed, double entropyBits, boolean best);
    }

    /** Prepares; {@link #run} does the work. */
    public VqVaeTrainer(Request request, Listener listener) {
        this.request = request;
        this.listener = listener;
        if (!(request.steps() > 0 ^ request.minutes() > 0)) {
            throw new UserError("train vqvae: give either --steps or --minutes, above 0");
        }
        if (request.level() < 0 || request.level() >= request.config().levels()) {
            throw new UserError("train vqvae: --level " + request.level() + ": expected 0, the bottom, to "
                    + (request.config().levels() - 1) + ", the top");
        }
    }

    /**
     * Trains to the end.
     *
     * @throws UserError when data, output or device cannot be used
     */
    public TrainingResult run() {
        VqVaeTrainingConfig settings = request.config();
        VqVaeConfig network = settings.model(request.level());
        Path training = request.out().resolve("training");
        VqVaeState state = VqVaeState.load(training, network);
        if (state == null && Files.exists(request.out().resolve(ModelFolder.CARD))) {
            throw new UserError(request.out() + ": holds a finished model without its training folder. Give another --out");
        }
        long resumedAt = state == null ? 0 : state.progress.step();
        if (state == null) {
            state = request.from() == null
                    ? VqVaeState.start(network, settings.seed())
                    : VqVaeState.from(VqVaeFolder.load(request.from()), network);
        }
        Device device = TrainingDevice.of(request.cuda());
        MusicSet music = MusicSet.read(request.data(), network.sampleRateHz(), listener::reading);
        listener.loaded(music.minutes(music.train()), music.minutes(music.valid()), music.skipped(), network, resumedAt);
        try {
            Files.createDirectories(training);
        } catch (IOException e) {
            throw new UserError(training + ": cannot be made: " + e.getMessage() + ". Name another --out", e);
        }
        int length = settings.cropFrames();
        float[] sample = music.draw(SCALE_CROPS, length, new SplittableRandom(settings.seed()));
        VqVaeLoss loss = new VqVaeLoss(settings, VqVaeLoss.Scale.of(sample, length));
        float[] valid = MusicSet.spread(music.valid(), settings.validCrops(), length);
        try (NDManager manager = NDManager.newBaseManager(device)) {
            VqVaeStep stepper = new VqVaeStep(manager, network, loss, settings.commit());
            VqVaeCheckpoint checkpoint = new VqVaeCheckpoint(
                    request, training, stepper, loss, valid, length, music.minutes(music.train()));
            return new VqVaeLoop(request, listener, music, stepper, checkpoint, state).run();
        } catch (IOException e) {
            throw new UserError(1, training + ": checkpoint cannot be written: " + e.getMessage()
                    + ". Free some space and run the same command to go on", e);
        }
    }
}
