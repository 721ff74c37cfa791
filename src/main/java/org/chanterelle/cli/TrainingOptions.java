package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingResult;
import picocli.CommandLine.Option;

/** What every kind of training takes and tells. */
final class TrainingOptions {
    @Option(names = "--config", paramLabel = "JSON", description = "Settings; what it does not name has its default, the published one where there is one.")
    Path config;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "0", description = "Optimiser steps, over all runs.")
    long steps;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "0", description = "Time to spend, over all runs.")
    double minutes;

    @Option(names = "--device", paramLabel = "cpu|cuda", defaultValue = "cpu", description = "Where (default: ${DEFAULT-VALUE}).")
    private String device;

    /** Whether to train on a GPU. */
    boolean cuda() {
        return switch (device) {
            case "cpu" -> false;
            case "cuda" -> true;
            default -> throw new UserError("--device " + device + ": expected cpu or cuda.");
        };
    }

    /** The command that makes the same model again; {@code more} are its own options, each pair a name and a value or null. */
    String typed(String kind, Object data, Path out, Object... more) {
        StringBuilder typed = new StringBuilder("chanterelle train " + kind + " --data " + data + " --out " + out);
        typed.append(config == null ? "" : " --config " + config);
        typed.append(steps > 0 ? " --steps " + steps : minutes > 0 ? " --minutes " + minutes : "");
        for (int i = 0; i < more.length; i += 2) {
            typed.append(more[i + 1] == null ? "" : " " + more[i] + " " + more[i + 1]);
        }
        return typed.append(cuda() ? " --device cuda" : "").toString();
    }

    /** What came of it, for a program. */
    static Map<String, Object> describe(Path out, TrainingResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", out.toString());
        object.put("steps", result.steps());
        object.put("minutes", result.minutes());
        object.put("bestLoss", result.bestLoss());
        object.put("bestStep", result.bestStep());
        object.put("secondsPerStep", result.secondsPerStep());
        object.put("skippedSteps", result.skippedSteps());
        return object;
    }

    /** What came of it, for a person. */
    static String text(Path out, TrainingResult result) {
        return String.format(Locale.ROOT, "%s: %d steps in %.1f minutes (%.3f s a step), validation loss %.4f at step %d", out,
                result.steps(), result.minutes(), result.secondsPerStep(), result.bestLoss(), result.bestStep());
    }

    /** How far it is, for a person. */
    static String text(LossPoint point, boolean best) {
        return String.format(Locale.ROOT, "step %d, %.1f min: loss %.4f, validation %.4f%s", point.step(), point.minutes(),
                point.trainLoss(), point.validLoss(), best ? ", the best so far" : "");
    }
}
