package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.jukebox.PriorCard;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.train.LossCurve;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingClock;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.TrainingState;

/** The loop of a training job: draw, step, now and then a checkpoint with the best model beside it. */
final class PriorLoop {
    private final PriorTrainer.Request request;
    private final PriorTrainingConfig config;
    private final PriorTrainer.Listener listener;
    private final PriorConfig network;
    private final CodedMusic music;
    private final CodeWindows windows;
    private final PriorStep stepper;
    private final Path folder;
    private final TrainingState state;
    private final List<CodeWindows.Batch> judges;
    private final List<LossPoint> curve;
    private final TrainingClock clock;

    private double bestBits;
    private long bestStep;

    PriorLoop(
            PriorTrainer.Request request, PriorTrainer.Listener listener, PriorConfig network, CodedMusic music,
            PriorStep stepper, Path folder, TrainingState state) {
        this.request = request;
        this.listener = listener;
        this.network = network;
        this.music = music;
        this.stepper = stepper;
        this.folder = folder;
        this.state = state;
        config = request.config();
        windows = new CodeWindows(network);
        judges = windows.spread(music.valid(), config.validWindows(), config.batch());
        TrainingState.Progress progress = state.progress;
        clock = new TrainingClock(request.steps(), request.minutes(), progress);
        bestBits = progress.bestLoss();
        bestStep = progress.bestStep();
        curve = new ArrayList<>(progress.curve());
    }

    TrainingResult run() throws IOException {
        while (!clock.done()) {
            double rate = learningRate();
            double bits = step(rate);
            clock.measure();
            listener.step(clock.step(), bits, clock.share(), clock.secondsLeft());
            if (clock.done() || clock.step() % config.checkpointSteps() == 0) {
                save(rate);
            }
        }
        return clock.result(bestBits, bestStep);
    }

    private double step(double rate) {
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003L + clock.step());
        CodeWindows.Batch batch = windows.draw(music.train(), config.batch(), config.unknownShare(), random);
        PriorStep.Lesson lesson = stepper.learn(state.weights, batch);
        double clip = config.clipNorm() > 0 ? config.clipNorm() : Double.MAX_VALUE;
        double norm = state.adam.update(state.weights, lesson.gradients(), rate, clip, config.beta2());
        clock.stepped(lesson.bits(), Double.isFinite(norm));
        if (Double.isFinite(norm)) {
            // A fresh average would still be of random weights after hundreds of steps.
            double decay = Math.min(config.averageDecay(), (1.0 + clock.step()) / (10.0 + clock.step()));
            state.average.approach(state.weights, (float) (1 - decay));
        }
        return lesson.bits();
    }

    private double learningRate() {
        double warm = config.warmUpSteps() == 0 ? 1 : Math.min(1, (clock.step() + 1.0) / config.warmUpSteps());
        return warm * config.learningRate() * Math.pow(config.finalLearningRate() / config.learningRate(), clock.share());
    }

    private void save(double rate) throws IOException {
        LossPoint point = new LossPoint(clock.step(), clock.minutes(), clock.takeMeanLoss(), validate(), rate);
        curve.add(point);
        LossCurve.write(folder, "loss", "Bits a code, level " + network.level(), curve);
        boolean best = point.validLoss() < bestBits;
        if (best) {
            bestBits = point.validLoss();
            bestStep = clock.step();
            writeModel(point);
        }
        TrainingState.Progress progress = new TrainingState.Progress(
                clock.step(), 60 * clock.minutes(), bestBits, bestStep, clock.skippedSteps(), curve);
        new TrainingState(state.weights, state.average, state.adam, progress).save(folder);
        listener.checkpoint(point, best);
        clock.measure();
    }

    /** Mean bits a code of the held-out windows, with the running average of the weights. */
    private double validate() {
        double bits = 0;
        double places = 0;
        for (CodeWindows.Batch batch : judges) {
            for (double one : stepper.bits(state.average, batch, batch.conditions())) {
                bits += one;
            }
            places += batch.places();
        }
        return bits / places;
    }

    private void writeModel(LossPoint point) {
        Path out = request.out();
        OutputFile.write(out.resolve(ModelFolder.WEIGHTS), true, path -> {
            try (var stream = Files.newOutputStream(path)) {
                Safetensors.write(stream, state.average.tensors(), Safetensors.Precision.F16);
            }
        });
        String card = CardFile.toJson(card(point));
        OutputFile.write(out.resolve(ModelFolder.CARD), true, path -> Files.writeString(path, card));
    }

    private PriorCard card(LossPoint point) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("validation_bits_per_code", point.validLoss());
        metrics.put("training_codes", (double) CodedMusic.count(music.train()));
        metrics.put("training_seconds_of_audio", CodedMusic.count(music.train()) / network.codeRateHz());
        return new PriorCard(
                ModelCard.FORMAT_VERSION,
                request.out().toAbsolutePath().normalize().getFileName().toString(),
                PriorConfig.KIND,
                config.description(),
                config.licence(),
                network,
                new ModelCard.Training(request.command(), point.step(), point.minutes(), config.seed()),
                config.sources(),
                metrics);
    }
}
