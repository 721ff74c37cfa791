package org.chanterelle.cli;

import org.chanterelle.train.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    @Mixin
    private TrainingOptions options;

    @Option(names = "--data", paramLabel = "DIR", required = true, split = ",", description = "Folders made by 'prepare scores'; several are learnt as one.")
    private List<Path> data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Option(names = "--from", paramLabel = "MODEL", description = "Model to begin with; a narrower one is widened and says the same at first.")
    private String from;

    @Option(names = "--loss", paramLabel = "abs|log-abs|tanh-log-abs|log-l1", description = "Instead of the settings' loss.")
    private String loss;

    @Option(names = "--timbre-size", paramLabel = "N", description = "Numbers that a timbre is, instead of the settings'.")
    private Integer timbreSize;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the settings' seed.")
    private Long seed;

    @Override
    public void run() {
        Mel2MelTrainingConfig settings = (options.config == null
                ? Mel2MelTrainingConfig.defaults()
                : Mel2MelTrainingConfig.read(options.config))
                .with(loss(), timbreSize, seed);
        Mel2MelTrainer.Request request = new Mel2MelTrainer.Request(
                data, out, from == null ? null : Home.folder(from), settings, options.steps, options.minutes, options.cuda(),
                options.typed("mel2mel", data.stream().map(Path::toString).collect(Collectors.joining(",")), out, "--from", from,
                        "--loss", loss, "--timbre-size", timbreSize, "--seed", seed));
        TrainingResult result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new Mel2MelTrainer(request, new Listener(bar)).run();
        }
        reporting.tell(TrainingOptions.describe(out, result), TrainingOptions.text(out, result));
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
            reporting.note(TrainingOptions.text(point, best));
        }
    }
}
