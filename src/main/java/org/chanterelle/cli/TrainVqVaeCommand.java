package org.chanterelle.cli;

import org.chanterelle.train.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.jukebox.VqVaeTrainer;
import org.chanterelle.train.jukebox.VqVaeTrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train vqvae}: one level of Jukebox's codes from recordings. */
@Command(name = "vqvae", description = "Trains one level of codes for music (Jukebox) from recordings of any rate, mono or stereo. A run that was stopped goes on with the same command.")
final class TrainVqVaeCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private TrainingOptions options;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of recordings; its train and valid folders where it has them.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Option(names = "--level", paramLabel = "N", required = true, description = "0 for the bottom level, the finest; 2 for the top one of three.")
    private int level;

    @Option(names = "--from", paramLabel = "MODEL", description = "Trained level to begin with, of the same settings.")
    private String from;

    @Option(names = "--no-spectral-loss", description = "Compares audio frames only.")
    private boolean noSpectral;

    @Option(names = "--no-restarts", description = "Leaves codes that are hardly used as they are.")
    private boolean noRestarts;

    @Option(names = "--codes", paramLabel = "N", description = "Codes instead of the settings', such as 256.")
    private Integer codes;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the settings' seed.")
    private Long seed;

    @Override
    public void run() {
        if (codes != null && (codes < 2 || codes > 65536)) {
            throw new UserError("--codes " + codes + ": expected 2 to 65536.");
        }
        VqVaeTrainingConfig settings = (options.config == null
                ? VqVaeTrainingConfig.defaults()
                : VqVaeTrainingConfig.read(options.config))
                .with(noSpectral ? 0.0 : null, noRestarts ? false : null, codes, seed);
        VqVaeTrainer.Request request = new VqVaeTrainer.Request(
                data, out, settings, level, from == null ? null : Home.folder(from), options.steps, options.minutes,
                options.cuda(), typed());
        TrainingResult result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new VqVaeTrainer(request, new Listener(bar)).run();
        }
        reporting.tell(TrainingOptions.describe(out, result), TrainingOptions.text(out, result));
    }

    /** The command that makes the same model again. */
    private String typed() {
        String kind = "vqvae --level " + level + (noSpectral ? " --no-spectral-loss" : "") + (noRestarts ? " --no-restarts" : "");
        return options.typed(kind, data, out, "--from", from, "--codes", codes, "--seed", seed);
    }

    /** Shows how it goes. */
    private final class Listener implements VqVaeTrainer.Listener {
        private final ProgressBar bar;

        Listener(ProgressBar bar) {
            this.bar = bar;
        }

        @Override
        public void reading(String name) {
            bar.show(0, Double.NaN, "reading " + name);
        }

        @Override
        public void loaded(
                double trainMinutes, double validMinutes, List<String> skipped, VqVaeConfig network, long resumedAtStep) {
            bar.close();
            skipped.forEach(line -> reporting.note("left out: " + line));
            reporting.note(String.format(Locale.ROOT,
                    "%.1f minutes to train on, %.1f to judge by; hop %d, %,d parameters%s",
                    trainMinutes, validMinutes, network.hop(), network.parameterCount(),
                    resumedAtStep > 0 ? "; going on from step " + resumedAtStep : ""));
        }

        @Override
        public void step(long step, double loss, double share, double secondsLeft) {
            bar.show(share, secondsLeft, String.format(Locale.ROOT, "step %d, loss %.4f", step, loss));
        }

        @Override
        public void checkpoint(LossPoint point, double convergenceDb, int codesUsed, double entropyBits, boolean best) {
            bar.close();
            reporting.note(String.format(Locale.ROOT,
                    "step %d, %.1f min: loss %.4f, validation %.4f, convergence %.1f dB, %d codes used, %.2f bits%s",
                    point.step(), point.minutes(), point.trainLoss(), point.validLoss(), convergenceDb, codesUsed, entropyBits,
                    best ? ", the best so far" : ""));
        }
    }
}
