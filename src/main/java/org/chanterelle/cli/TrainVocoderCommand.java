package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.vocoder.VocoderTrainer;
import org.chanterelle.train.vocoder.VocoderTrainingConfig;
import org.chanterelle.train.vocoder.VocoderTrainingConfig.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train vocoder}: what makes mel spectrograms sound. */
@Command(name = "vocoder", description = "Trains a vocoder, which makes mel spectrograms sound, from any folder of recordings. A run that was stopped goes on with the same command.")
final class TrainVocoderCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--kind", paramLabel = "parallel|wavenet", defaultValue = "parallel", description = "Which network (default: ${DEFAULT-VALUE}).")
    private String kind;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of recordings; those in folders below it count.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Option(names = "--config", paramLabel = "JSON", description = "Settings; what it does not name has its default.")
    private Path config;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "0", description = "Steps in all.")
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
        Kind network = kind();
        VocoderTrainingConfig settings = config == null
                ? VocoderTrainingConfig.defaults(network)
                : VocoderTrainingConfig.read(config, network);
        VocoderTrainer.Request request = new VocoderTrainer.Request(network, data, out, settings, steps, minutes,
                device.equals("cuda"), typed());
        VocoderTrainer.Result result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new VocoderTrainer(request, new Listener(bar)).run();
        }
        reporting.tell(describe(result), String.format(Locale.ROOT,
                "%s: %d steps in %.1f minutes (%.3f s a step), validation loss %.4f at step %d", out, result.steps(),
                result.minutes(), result.secondsPerStep(), result.bestLoss(), result.bestStep()));
    }

    private Kind kind() {
        return switch (kind) {
            case "parallel" -> Kind.PARALLEL;
            case "wavenet" -> Kind.WAVENET;
            default -> throw new UserError("--kind " + kind + ": expected parallel or wavenet.");
        };
    }

    /** The command that makes the same model again. */
    private String typed() {
        StringBuilder typed = new StringBuilder("chanterelle train vocoder --kind " + kind + " --data " + data + " --out " + out);
        typed.append(config == null ? "" : " --config " + config);
        typed.append(steps > 0 ? " --steps " + steps : " --minutes " + minutes);
        return typed.append(device.equals("cpu") ? "" : " --device " + device).toString();
    }

    private Map<String, Object> describe(VocoderTrainer.Result result) {
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

    /** Shows how it goes. */
    private final class Listener implements VocoderTrainer.Listener {
        private final ProgressBar bar;

        Listener(ProgressBar bar) {
            this.bar = bar;
        }

        @Override
        public void reading(double share) {
            bar.show(share, Double.NaN, "reading recordings");
        }

        @Override
        public void loaded(double trainMinutes, double validMinutes, long resumedAtStep) {
            bar.close();
            reporting.note(String.format(Locale.ROOT, "%.1f minutes to train on, %.1f to judge by%s", trainMinutes, validMinutes,
                    resumedAtStep > 0 ? "; going on from step " + resumedAtStep : ""));
        }

        @Override
        public void step(long step, double loss, double share, double secondsLeft) {
            bar.show(share, secondsLeft, String.format(Locale.ROOT, "step %d, loss %.4f", step, loss));
        }

        @Override
        public void checkpoint(LossPoint point, boolean best) {
            bar.close();
            reporting.note(String.format(Locale.ROOT, "step %d, %.1f min: loss %.4f, validation %.4f%s", point.step(),
                    point.minutes(), point.trainLoss(), point.validLoss(), best ? ", the best so far" : ""));
        }
    }
}
