package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.mel2mel.Mel2MelLoss;
import org.chanterelle.train.mel2mel.Mel2MelTrainer;
import org.chanterelle.train.mel2mel.Mel2MelTrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train mel2mel}: from a piano roll and a timbre to a spectrogram. */
@Command(name = "mel2mel", description = "Trains Mel2Mel from scores that 'prepare scores' rendered. A run that was stopped goes on with the same command.")
final class TrainMel2MelCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder made by 'prepare scores'.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Option(names = "--config", paramLabel = "JSON", description = "Settings; what it does not name has its published default.")
    private Path config;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "0", description = "Steps.")
    private long steps;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "0", description = "Time to spend, over all runs.")
    private double minutes;

    @Option(names = "--device", paramLabel = "cpu|cuda", defaultValue = "cpu", description = "Where (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--loss", paramLabel = "abs|log-abs|tanh-log-abs|log-l1", description = "Instead of the settings' loss.")
    private String loss;

    @Option(names = "--timbre-size", paramLabel = "N", description = "Numbers that a timbre is, instead of the settings'.")
    private Integer timbreSize;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the settings' seed.")
    private Long seed;

    @Override
    public void run() {
        if (!device.equals("cpu") && !device.equals("cuda")) {
            throw new UserError("--device " + device + ": expected cpu or cuda.");
        }
        Mel2MelTrainingConfig settings = (config == null ? Mel2MelTrainingConfig.defaults() : Mel2MelTrainingConfig.read(config))
                .with(loss(), timbreSize, seed);
        Mel2MelTrainer.Request request = new Mel2MelTrainer.Request(
                data, out, settings, steps, minutes, device.equals("cuda"), typed());
        Mel2MelTrainer.Result result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new Mel2MelTrainer(request, new Listener(bar)).run();
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", out.toString());
        object.put("steps", result.steps());
        object.put("minutes", result.minutes());
        object.put("bestLoss", result.bestLoss());
        object.put("bestStep", result.bestStep());
        object.put("secondsPerStep", result.secondsPerStep());
        object.put("skippedSteps", result.skippedSteps());
        reporting.tell(object, String.format(Locale.ROOT,
                "%s: %d steps in %.1f minutes (%.3f s a step), validation loss %.5f at step %d",
                out, result.steps(), result.minutes(), result.secondsPerStep(), result.bestLoss(), result.bestStep()));
    }

    private Mel2MelLoss loss() {
        if (loss == null) {
            return null;
        }
        for (Mel2MelLoss known : Mel2MelLoss.values()) {
            if (known.label().equals(loss)) {
                return known;
            }
        }
        throw new UserError("--loss " + loss + ": expected abs, log-abs, tanh-log-abs or log-l1.");
    }

    /** The command that makes the same model again. */
    private String typed() {
        StringBuilder typed = new StringBuilder("chanterelle train mel2mel --data " + data + " --out " + out);
        typed.append(config == null ? "" : " --config " + config);
        typed.append(steps > 0 ? " --steps " + steps : " --minutes " + minutes);
        typed.append(loss == null ? "" : " --loss " + loss);
        typed.append(timbreSize == null ? "" : " --timbre-size " + timbreSize);
        typed.append(seed == null ? "" : " --seed " + seed);
        return typed.append(device.equals("cpu") ? "" : " --device " + device).toString();
    }

    /** Shows how it goes. */
    private final class Listener implements Mel2MelTrainer.Listener {
        private final ProgressBar bar;

        Listener(ProgressBar bar) {
            this.bar = bar;
        }

        @Override
        public void reading(double share) {
            bar.show(share, "reading scores");
        }

        @Override
        public void loaded(int trainClips, double trainMinutes, int validClips, int instruments, long resumedAtStep) {
            bar.close();
            reporting.note(String.format(Locale.ROOT,
                    "%d stretches of %d instruments to train on (%.0f minutes), %d to judge by%s", trainClips, instruments,
                    trainMinutes, validClips, resumedAtStep > 0 ? "; going on from step " + resumedAtStep : ""));
        }

        @Override
        public void step(long step, double loss, double share, double secondsLeft) {
            bar.show(share, secondsLeft, String.format(Locale.ROOT, "step %d, loss %.5f", step, loss));
        }

        @Override
        public void checkpoint(LossPoint point, boolean best) {
            bar.close();
            reporting.note(String.format(Locale.ROOT, "step %d, %.1f min: loss %.5f, validation %.5f%s", point.step(),
                    point.minutes(), point.trainLoss(), point.validLoss(), best ? ", the best so far" : ""));
        }
    }
}
