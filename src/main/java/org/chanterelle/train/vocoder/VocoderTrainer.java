package org.chanterelle.train.vocoder;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.vocoder.VocoderCard;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossCurve;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingDevice;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.vocoder.VocoderTrainingConfig.Kind;

/**
 * Trains a neural vocoder. The same arguments on the same output folder go on where a killed run stopped: every step's randomness derives
 * from the seed and the step's number.
 */
public final class VocoderTrainer {
    private final Request request;
    private final Listener listener;

    private double lossSum;
    private int lossCount;

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
            VocoderState state = VocoderState.load(training, stepper.initialise(request.config().seed()));
            listener.loaded(data.trainMinutes(), data.validMinutes(), state == null ? 0 : state.step);
            Files.createDirectories(training);
            return loop(stepper, state == null ? VocoderState.start(stepper.initialise(request.config().seed())) : state,
                    training, data);
        } catch (IOException e) {
            throw new UserError(1, training + ": checkpoint cannot be written: " + e.getMessage()
                    + ". Free some space and run the same command to go on", e);
        }
    }

    private TrainingResult loop(VocoderStep stepper, VocoderState state, Path training, VocoderData data) throws IOException {
        long firstStep = state.step;
        double before = state.seconds;
        long start = System.nanoTime();
        while (done(state) < 1) {
            double share = done(state);
            VocoderTrainingConfig config = request.config();
            double rate = config.learningRate() * Math.pow(config.finalLearningRate() / config.learningRate(), share);
            step(stepper, state, share, rate);
            state.seconds = before + (System.nanoTime() - start) / 1e9;
            double now = done(state);
            listener.step(state.step, lossSum / Math.max(1, lossCount), now, now > 0 ? state.seconds / now * (1 - now) : 0);
            if (now >= 1 || state.step % config.checkpointSteps() == 0) {
                checkpoint(stepper, state, training, data, rate);
                state.seconds = before + (System.nanoTime() - start) / 1e9;
                state.save(training);
            }
        }
        double perStep = state.step == firstStep ? 0 : (state.seconds - before) / (state.step - firstStep);
        return new TrainingResult(state.step, state.seconds / 60, state.bestLoss, state.bestStep, perStep, state.skippedSteps);
    }

    private double done(VocoderState state) {
        return request.steps() > 0 ? (double) state.step / request.steps() : state.seconds / 60 / request.minutes();
    }

    private void step(VocoderStep stepper, VocoderState state, double share, double rate) {
        SplittableRandom random = new SplittableRandom(request.config().seed() * 1_000_003L + state.step);
        VocoderStep.Gradient gradient = stepper.step(state.weights, share, random);
        double norm = state.adam.update(state.weights, gradient.gradients(), rate, request.config().clipNorm());
        state.step++;
        if (Double.isFinite(norm)) {
            state.followAverage();
            lossSum += gradient.loss();
            lossCount++;
        } else {
            state.skippedSteps++;
        }
    }

    private void checkpoint(VocoderStep stepper, VocoderState state, Path training, VocoderData data, double rate) {
        LossPoint point = new LossPoint(state.step, state.seconds / 60, lossSum / Math.max(1, lossCount),
                stepper.validate(state.average), rate);
        lossSum = 0;
        lossCount = 0;
        state.curve.add(point);
        LossCurve.write(training, "loss", "Loss of the vocoder", state.curve);
        boolean best = point.validLoss() < state.bestLoss;
        if (best) {
            state.bestLoss = point.validLoss();
            state.bestStep = point.step();
        }
        // A critic raises the spectral loss and lowers what it does not measure: the last weights count.
        boolean last = request.kind() == Kind.PARALLEL && request.config().adversarialShare() > 0;
        if (best || last) {
            writeModel(stepper, state, point, data);
        }
        listener.checkpoint(point, best);
    }

    private void writeModel(VocoderStep stepper, VocoderState state, LossPoint point, VocoderData data) {
        Path out = request.out();
        OutputFile.write(out.resolve(ModelFolder.WEIGHTS), true, path -> {
            try (var stream = Files.newOutputStream(path)) {
                Safetensors.write(stream, stepper.shipped(state.average), Safetensors.Precision.F16);
            }
        });
        String card = CardFile.toJson(card(stepper, point, data));
        OutputFile.write(out.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, card));
    }

    private VocoderCard card(VocoderStep stepper, LossPoint point, VocoderData data) {
        VocoderTrainingConfig config = request.config();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(stepper.measure(), point.validLoss());
        metrics.put("training_minutes_of_audio", data.trainMinutes());
        boolean parallel = request.kind() == Kind.PARALLEL;
        return new VocoderCard(ModelCard.FORMAT_VERSION, request.out().toAbsolutePath().normalize().getFileName().toString(),
                VocoderCard.KIND, config.description(), config.licence(), parallel ? config.parallel() : null,
                parallel ? null : config.wavenet(),
                new ModelCard.Training(request.command(), point.step(), point.minutes(), config.seed()), config.sources(),
                metrics);
    }
}
