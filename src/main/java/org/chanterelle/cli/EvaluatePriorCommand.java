package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.evaluate.jukebox.EvaluatePrior;
import org.chanterelle.evaluate.jukebox.Shuffle;
import org.chanterelle.model.jukebox.PriorFolder;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.MusicFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate prior}: how well a prior or an upsampler foresees held-out codes. */
@Command(name = "prior", description = "Measures how many bits a code a prior or an upsampler needs for held-out music, beside unigrams and bigrams, and what each condition is worth.")
final class EvaluatePriorCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--model", paramLabel = "MODEL", required = true, description = "Prior or upsampler: its name or folder.")
    private String model;

    @Option(names = "--codes", paramLabel = "VQVAE", required = true, description = "Level whose codes it foresees.")
    private String codes;

    @Option(names = "--upper", paramLabel = "VQVAE", description = "The level above, for an upsampler.")
    private String upper;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder made by 'prepare music'.")
    private Path data;

    @Option(names = "--windows", paramLabel = "N", defaultValue = "100", description = "Held-out windows at most (default: ${DEFAULT-VALUE}).")
    private int windows;

    @Override
    public void run() {
        if (windows < 1 || windows > 100_000) {
            throw new UserError("--windows " + windows + ": expected 1 to 100000.");
        }
        PriorFolder prior = PriorFolder.load(Home.folder(model));
        if ((prior.card().config().upper() == null) != (upper == null)) {
            throw new UserError(model + ": " + (upper == null
                    ? "an upsampler. Give --upper, the level above"
                    : "a prior. Leave"
                            + " --upper out"));
        }
        EvaluatePrior.Report report;
        try (ProgressBar bar = reporting.progress("evaluate")) {
            report = new EvaluatePrior(MusicFolder.open(data), windows, share -> bar.show(share, Double.NaN, "windows")).run(
                    prior,
                    VqVaeFolder.load(Home.folder(codes)), upper == null ? null : VqVaeFolder.load(Home.folder(upper)));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", model);
        object.put("report", report);
        reporting.tell(object, text(report));
    }

    private static String text(EvaluatePrior.Report report) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%d windows, %,d codes%nbits a code: %.3f; bigram %.3f, unigram %.3f, all alike %.3f%n", report.windows(),
                report.codes(), report.bits(), report.bigram(), report.unigram(), report.uniform()));
        for (Shuffle shuffle : report.shuffles()) {
            text.append(
                    String.format(Locale.ROOT, "%s of another window: %+.4f bits a code (95 %%: %+.4f to %+.4f, %d windows)%n",
                            shuffle.condition(), shuffle.bits(), shuffle.low(), shuffle.high(), shuffle.windows()));
        }
        return text.toString();
    }
}
