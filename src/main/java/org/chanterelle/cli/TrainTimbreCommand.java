package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TimbreDataset;
import org.chanterelle.train.TimbreTrainer;
import org.chanterelle.train.TrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train timbre}: an instrument from a folder of recordings. */
@Command(name = "timbre", description = "Trains an instrument from a folder of recordings. A run that was stopped goes on with the same command.")
final class TrainTimbreCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of WAV and FLAC recordings.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Option(names = "--config", paramLabel = "JSON", description = "Settings; what it does not name has its default.")
    private Path config;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "0", description = "Optimiser steps.")
    private long steps;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "0", description = "Time to spend, over all runs.")
    private double minutes;

    @Option(names = "--device", paramLabel = "cpu|cuda", defaultValue = "cpu", description = "Where (default: ${DEFAULT-VALUE}).")
    private String device;

    @Override
    public void run() {
        if (!device.equals("cpu") && !device.equals("cuda")) {
            throw new UserError("--device " + device + ": expected cpu or cuda.");
        }
        TrainingConfig settings = config == null ? TrainingConfig.defaults() : TrainingConfig.read(config);
        TimbreTrainer.Request request = new TimbreTrainer.Request(data, out, settings, steps, minutes, device.equals("cuda"),
                typed());
        TimbreTrainer.Result result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new TimbreTrainer(request, new Listener(bar)).run();
        }
        result.skippedFiles().forEach(reporting::note);
        reporting.tell(describe(result), text(result));
    }

    /** The command that makes the same model again. */
    private String typed() {
        StringBuilder typed = new StringBuilder("chanterelle train timbre --data " + data + " --out " + out);
        if (config != null) {
            typed.append(" --config ").append(config);
        }
        typed.append(steps > 0 ? " --steps " + steps : " --minutes " + minutes);
        return typed.append(device.equals("cpu") ? "" : " --device " + device).toString();
    }

    private Map<String, Object> describe(TimbreTrainer.Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", out.toString());
        object.put("steps", result.steps());
        object.put("minutes", result.minutes());
        object.put("bestLoss", result.bestLoss());
        object.put("bestStep", result.bestStep());
        object.put("secondsPerStep", result.secondsPerStep());
        object.put("skippedSteps", result.skippedSteps());
        object.put("skippedFiles", result.skippedFiles());
        return object;
    }

    private String text(TimbreTrainer.Result result) {
        return String.format(
                Locale.ROOT,
                "%s: %d steps in %.1f minutes (%.3f s a step), validation loss %.3f at step %d; %d files skipped",
                out,
                result.steps(),
                result.minutes(),
                result.secondsPerStep(),
                result.bestLoss(),
                result.bestStep(),
                result.skippedFiles().size());
    }

    /** Shows how it goes. */
    private final class Listener implements TimbreTrainer.Listener {
        private final ProgressBar bar;

        Listener(ProgressBar bar) {
            this.bar = bar;
        }

        @Override
        public void reading(String file) {
            bar.show(0, Double.NaN, "reading " + file);
        }

        @Override
        public void loaded(TimbreDataset loaded, long resumedAtStep) {
            bar.close();
            reporting.note(String.format(
                    Locale.ROOT,
                    "%.1f minutes to train on%s",
                    loaded.trainMinutes(),
                    resumedAtStep > 0 ? "; going on from step " + resumedAtStep : ""));
        }

        @Override
        public void step(long step, double loss, double share, double secondsLeft) {
            bar.show(share, secondsLeft, String.format(Locale.ROOT, "step %d, loss %.2f", step, loss));
        }

        @Override
        public void checkpoint(LossPoint point, boolean best) {
            bar.close();
            reporting.note(String.format(
                    Locale.ROOT,
                    "step %d, %.1f min: loss %.3f, validation %.3f%s",
                    point.step(),
                    point.minutes(),
                    point.trainLoss(),
                    point.validLoss(),
                    best ? ", the best so far" : ""));
        }
    }
}
