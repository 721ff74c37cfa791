package org.chanterelle.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.UserError;

/**
 * Trains a timbre model: random crops, Adam, best-on-validation weights, checkpoints. The same arguments on the same output folder
 * go on where a killed run stopped, with the same loss curve: every step's randomness derives from the seed and the step's number.
 */
public final class TimbreTrainer {
    private static final int WARM_UP_STEPS = 100;

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
     * @param steps optimiser steps in all
     * @param minutes spent in all
     * @param bestLoss lowest validation loss
     * @param bestStep where it was reached
     * @param secondsPerStep of this run, median
     * @param skippedSteps steps whose gradient was not finite
     * @param skippedFiles one line for each file that could not be used
     */
    public record Result(long steps, double minutes, double bestLoss, long bestStep, double secondsPerStep, long skippedSteps,
            List<String> skippedFiles) {}

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
        try (NDManager manager = NDManager.newBaseManager(device())) {
            return train(training, data, normalisation, state, new TimbreStep(manager, model, normalisation, config.dropout()));
        } catch (IOException e) {
            throw new UserError(1, training + ": checkpoint cannot be written: " + e.getMessage()
                    + ". Free some space and run the same command to go on", e);
        }
    }

    private Device device() {
        if (!request.cuda()) {
            return Device.cpu();
        }
        if (Engine.getInstance().getGpuCount() == 0) {
            throw new UserError("--device cuda: no GPU, or no CUDA libraries for PyTorch. Use --device cpu");
        }
        return Device.gpu();
    }

    private Result train(Path folder, TimbreDataset data, Normalisation normalisation, TrainingState state, TimbreStep stepper)
            throws IOException {
        int context = (int) Math.round(config.contextSeconds() * config.network().controlRateHz());
        int frames = context + (int) Math.round(config.cropSeconds() * config.network().controlRateHz());
        float silenceDb = data.silenceDb();
        TrainingState.Progress progress = state.progress;
        long start = System.nanoTime();
        double secondsBefore = progress.seconds();
        long firstStep = progress.step();
        double lossSum = 0;
        int lossCount = 0;
        long step = progress.step();
        long skipped = progress.skippedSteps();
        double seconds = secondsBefore;
        while (share(step, seconds) < 1.0) {
            SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + step);
            TimbreClip[] crops = new TimbreClip[config.batch()];
            for (int b = 0; b < crops.length; b++) {
                crops[b] = data.draw(random, frames, config.hop(), silenceDb)
                        .scaled(config.levelJitterDb() * (2.0 * random.nextDouble() - 1.0));
            }
            double rate = learningRate(step, share(step, seconds));
            TimbreStep.Gradient gradient = stepper.gradient(state.weights, crops, context, random.nextInt());
            double norm = state.adam.update(state.weights, gradient.gradients(), rate, config.clipNorm());
            step++;
            if (Double.isFinite(norm)) {
                state.average.approach(state.weights, (float) Math.max(1.0 - config.averageDecay(), 1.0 / step));
                lossSum += gradient.loss();
                lossCount++;
            } else {
                skipped++;
            }
            seconds = secondsBefore + (System.nanoTime() - start) / 1e9;
            double share = share(step, seconds);
            listener.step(step, gradient.loss(), share,
                    (seconds - secondsBefore) / (step - firstStep) * remaining(step, seconds, firstStep, secondsBefore));
            if (step % config.checkpointSteps() == 0 || share >= 1.0) {
                LossPoint point = new LossPoint(step, seconds / 60.0, lossSum / Math.max(1, lossCount),
                        validate(folder, data, state, stepper), rate);
                progress = checkpoint(folder, normalisation, data, state, stepper, point, skipped);
                state = new TrainingState(state.weights, state.average, state.adam, progress);
                lossSum = 0;
                lossCount = 0;
                seconds = secondsBefore + (System.nanoTime() - start) / 1e9;
            }
        }
        double perStep = step == firstStep ? 0 : (seconds - secondsBefore) / (step - firstStep);
        return new Result(step, seconds / 60.0, progress.bestLoss(), progress.bestStep(), perStep, skipped, data.skipped());
    }

    private double share(long step, double seconds) {
        return Math.min(1.0, request.steps() > 0 ? (double) step / request.steps() : seconds / (60.0 * request.minutes()));
    }

    private double remaining(long step, double seconds, long firstStep, double secondsBefore) {
        if (request.steps() > 0) {
            return request.steps() - step;
        }
        double perStep = (seconds - secondsBefore) / (step - firstStep);
        return Math.max(0, (60.0 * request.minutes() - seconds) / perStep);
    }

    private double learningRate(long step, double share) {
        double decayed = config.learningRate() * Math.pow(config.finalLearningRate() / config.learningRate(), share);
        return decayed * Math.min(1.0, (step + 1.0) / WARM_UP_STEPS);
    }

    private double validate(Path folder, TimbreDataset data, TrainingState state, TimbreStep stepper) {
        double sum = 0;
        int rate = config.network().sampleRateHz();
        boolean first = true;
        for (TimbreClip clip : data.valid()) {
            float[] rendered = stepper.render(state.average, clip, 1);
            sum += stepper.validate(rendered, clip);
            if (first) {
                AudioWriter.write(folder.resolve("example.wav"), new AudioClip(new float[][] {rendered}, rate), true);
                AudioWriter.write(folder.resolve("example-original.wav"), new AudioClip(new float[][] {clip.audio()}, rate),
                        true);
                first = false;
            }
        }
        return sum / data.valid().size();
    }

    private TrainingState.Progress checkpoint(Path folder, Normalisation normalisation, TimbreDataset data, TrainingState state,
            TimbreStep stepper,
            LossPoint point, long skipped) throws IOException {
        TrainingState.Progress before = state.progress;
        before.curve().add(point);
        boolean best = point.validLoss() < before.bestLoss();
        TrainingState.Progress progress = new TrainingState.Progress(
                point.step(), point.minutes() * 60.0, best ? point.validLoss() : before.bestLoss(),
                best ? point.step() : before.bestStep(), skipped, before.curve());
        if (best) {
            double lackDb = LevelCalibration.gainDb(stepper, state.average, data, config.network().sampleRateHz());
            writeModel(normalisation.withOutputGainDb(lackDb), data, state.average, point);
        }
        new TrainingState(state.weights, state.average, state.adam, progress).save(folder);
        LossCurve.write(folder, progress.curve());
        listener.checkpoint(point, best);
        return progress;
    }

    private void writeModel(Normalisation normalisation, TimbreDataset data, Parameters weights, LossPoint point) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("validation_mss_course", point.validLoss());
        metrics.put("training_minutes_of_audio", data.trainMinutes());
        TimbreConfig model = config.model();
        ModelCard card = new ModelCard(
                ModelCard.FORMAT_VERSION,
                request.out().toAbsolutePath().normalize().getFileName().toString(),
                model.kind(),
                config.description(),
                config.licence(),
                model,
                normalisation,
                data.pitchRange(),
                model.rooms() == 0 ? List.of() : List.copyOf(config.rooms().keySet()),
                new ModelCard.Training(request.command(), point.step(), point.minutes(), config.seed()),
                config.sources(),
                metrics);
        Path out = request.out();
        OutputFile.write(out.resolve(ModelFolder.WEIGHTS), true, path -> {
            try (var stream = Files.newOutputStream(path)) {
                Safetensors.write(stream, weights.tensors(), Safetensors.Precision.F16);
            }
        });
        OutputFile.write(out.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, ModelFolder.toJson(card)));
    }
}
