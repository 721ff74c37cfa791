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

    @Mixin
    private TrainingOptions options;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of WAV and FLAC recordings.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Override
    public void run() {
        TrainingConfig settings = options.config == null ? TrainingConfig.defaults() : TrainingConfig.read(options.config);
        TimbreTrainer.Request request = new TimbreTrainer.Request(data, out, settings, options.steps, options.minutes,
                options.cuda(),
                options.typed("timbre", data, out));
        TimbreTrainer.Result result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new TimbreTrainer(request, new Listener(bar)).run();
        }
        result.skippedFiles().forEach(reporting::note);
        Map<String, Object> object = TrainingOptions.describe(out, result.training());
        object.put("skippedFiles", result.skippedFiles());
        reporting.tell(object,
                TrainingOptions.text(out, result.training()) + "; " + result.skippedFiles().size() + " files skipped");
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
            reporting.note(TrainingOptions.text(point, best));
        }
    }
}
