package org.chanterelle.train.vocoder;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TrainingDevice;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.TrainingState;
import org.chanterelle.train.vocoder.VocoderTrainingConfig.Kind;

/**
 * Trains a neural vocoder. The same arguments on the same output folder go on where a killed run stopped: every step's randomness derives
 * from the seed and the step's number.
 */
public final class VocoderTrainer {
    private final Request request;
    private final Listener listener;

    /**
     * What to train.
     *
     * @param kind which network
     * @param data folder of recordings
     * @param out model folder to make; its {@code training} folder holds checkpoints and curves
     * @param config settings
     * @param steps to make in all, or 0
     * @param minutes to spend over all runs, or 0
     * @param cuda whether to use a GPU
     * @param command what the user typed, for the card
     */
    public record Request(Kind kind, Path data, Path out, VocoderTrainingConfig config, long steps, double minutes, boolean cuda,
            String command) {}

    /** Hears how it goes; called on the training thread. */
    public interface Listener {
        /** Recordings are being read. */
        void reading(double share);

        /** The data are ready. */
        void loaded(double trainMinutes, double validMinutes, long resumedAtStep);

        /** A step was made. */
        void step(long step, double loss, double share, double secondsLeft);

        /** A checkpoint was written. */
        void checkpoint(LossPoint point, boolean best);
    }

    /** Prepares; {@link #run} does the work. */
    public VocoderTrainer(Request request, Listener listener) {
        this.request = request;
        this.listener = listener;
        if (request.steps() > 0 == request.minutes() > 0) {
            throw new UserError("train vocoder: give either --steps or --minutes above 0");
        }
    }

    /**
     * Trains to the end.
     *
     * @throws UserError when data, output or device cannot be used
     */
    public TrainingResult run() {
        Path training = request.out().resolve("training");
        Device device = TrainingDevice.of(request.cuda());
        if (!Files.isDirectory(training) && Files.exists(request.out().resolve(ModelFolder.CARD))) {
            throw new UserError(request.out() + ": holds a finished model without its training folder. Give another --out");
        }
        VocoderData data = VocoderData.load(request.data(), request.config().maxMinutes(), listener::reading);
        try (NDManager manager = NDManager.newBaseManager(device)) {
            VocoderStep stepper = switch (request.kind()) {
                case PARALLEL -> new ParallelStep(manager, request.config(), data);
                case WAVENET -> new WaveNetStep(manager, request.config(), data);
            };
            Parameters drawn = stepper.initialise(request.config().seed());
            Map<String, int[]> shapes = new LinkedHashMap<>();
            drawn.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
            TrainingState saved = TrainingState.load(training, shapes);
            listener.loaded(data.trainMinutes(), data.validMinutes(), saved == null ? 0 : saved.progress.step());
            Files.createDirectories(training);
            return new VocoderLoop(request, listener, data, stepper, training, saved == null ? TrainingState.start(drawn) : saved)
                    .run();
        } catch (IOException e) {
            throw new UserError(1, training + ": checkpoint cannot be written: " + e.getMessage()
                    + ". Free some space and run the same command to go on", e);
        }
    }
}
