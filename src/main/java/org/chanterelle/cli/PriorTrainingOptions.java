package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.jukebox.PriorTrainer;
import org.chanterelle.train.jukebox.PriorTrainingConfig;
import picocli.CommandLine.Option;

/** What {@code train prior} and {@code train upsampler} have in common. */
final class PriorTrainingOptions {
    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder made by 'prepare music'; its recordings' codes are kept in it.")
    private Path data;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model folder to make.")
    private Path out;

    @Option(names = "--codes", paramLabel = "VQVAE", required = true, description = "Level whose codes are modelled: a model's name or folder.")
    private String codes;

    @Option(names = "--from", paramLabel = "MODEL", description = "Model to begin with.")
    private String from;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the settings' seed.")
    private Long seed;

    /** Trains. {@code upper} is null for a prior. */
    void train(String what, String upper, boolean lyrics, TrainingOptions options, Reporting reporting) {
        PriorTrainingConfig settings = (options.config == null
                ? PriorTrainingConfig.defaults()
                : PriorTrainingConfig.read(options.config)).with(seed);
        String typed = options.typed(what + (lyrics ? " --lyrics" : ""), data, out, "--codes", codes, "--upper", upper, "--from",
                from, "--seed", seed);
        PriorTrainer.Request request = new PriorTrainer.Request(data, out, settings, Home.folder(codes),
                upper == null ? null : Home.folder(upper), from == null ? null : Home.folder(from), lyrics, options.steps,
                options.minutes, options.cuda(), typed);
        TrainingResult result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new PriorTrainer(request, new Listener(bar, reporting)).run();
        }
        reporting.tell(TrainingOptions.describe(out, result), TrainingOptions.text(out, result));
    }

    /** Shows how it goes. */
    private record Listener(ProgressBar bar, Reporting reporting) implements PriorTrainer.Listener {
        @Override
        public void reading(double share, String name) {
            bar.show(share, Double.NaN, "codes of " + name);
        }

        @Override
        public void loaded(long trainCodes, long validCodes, PriorConfig network, long resumedAtStep) {
            bar.close();
            reporting.note(String.format(Locale.ROOT,
                    "%,d codes to train on (%.1f minutes), %,d to judge by; %d artists, %d genres; %,d parameters%s", trainCodes,
                    trainCodes / network.codeRateHz() / 60, validCodes, network.artists().size() - 1,
                    network.genres().size() - 1, network.parameterCount(),
                    resumedAtStep > 0 ? "; going on from step " + resumedAtStep : ""));
        }

        @Override
        public void step(long step, double bits, double share, double secondsLeft) {
            bar.show(share, secondsLeft, String.format(Locale.ROOT, "step %d, %.3f bits a code", step, bits));
        }

        @Override
        public void checkpoint(LossPoint point, boolean best) {
            bar.close();
            reporting.note(String.format(Locale.ROOT, "step %d, %.1f min: %.3f bits a code, validation %.3f%s", point.step(),
                    point.minutes(), point.trainLoss(), point.validLoss(), best ? ", the best so far" : ""));
        }
    }
}
