package org.chanterelle.cli;

import org.chanterelle.train.TrainingResult;
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

    @Mixin
    private TrainingOptions options;

    @Option(names = "--kind", paramLabel = "parallel|wavenet", defaultValue = "parallel", description = "Which network (default: ${DEFAULT-VALUE}).")
    private String kind;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of recordings; those in folders below it count.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Override
    public void run() {
        Kind network = kind();
        VocoderTrainingConfig settings = options.config == null
                ? VocoderTrainingConfig.defaults(network)
                : VocoderTrainingConfig.read(options.config, network);
        VocoderTrainer.Request request = new VocoderTrainer.Request(network, data, out, settings, options.steps, options.minutes,
                options.cuda(), options.typed("vocoder --kind " + kind, data, out));
        TrainingResult result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new VocoderTrainer(request, new Listener(bar)).run();
        }
        reporting.tell(TrainingOptions.describe(out, result), TrainingOptions.text(out, result));
    }

    private Kind kind() {
        return switch (kind) {
            case "parallel" -> Kind.PARALLEL;
            case "wavenet" -> Kind.WAVENET;
            default -> throw new UserError("--kind " + kind + ": expected parallel or wavenet.");
        };
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
            reporting.note(TrainingOptions.text(point, best));
        }
    }
}
