package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.evaluate.Page;
import org.chanterelle.evaluate.jukebox.EvaluateVqVae;
import org.chanterelle.evaluate.jukebox.LevelRow;
import org.chanterelle.evaluate.jukebox.LevelsPicture;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate vqvae}: levels of codes on held-out music. */
@Command(name = "vqvae", description = "Measures what levels of codes (Jukebox) give back of held-out music, how they use their codes, and Opus beside them. Several models make the ablation table.")
final class EvaluateVqVaeCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = {"--model",
            "--models"}, paramLabel = "MODEL", split = ",", required = true, description = "A level's name or the path of its folder; several with commas.")
    private List<String> models;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of music; its valid folder or its index's held-out recordings where it has them.")
    private Path data;

    @Option(names = "--excerpts", paramLabel = "N", defaultValue = "24", description = "Excerpts at most, spread over the recordings (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "6", description = "Length of an excerpt (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--picture", paramLabel = "PNG", description = "Draws the first excerpt and what came back of it.")
    private Path picture;

    @Option(names = "--force", description = "Overwrites an existing picture.")
    private boolean force;

    @Override
    public void run() {
        if (most < 1 || most > 10_000 || !(seconds > 0 && seconds <= 60)) {
            throw new UserError("--excerpts " + most + " --seconds " + seconds + ": expected 1 to 10000 of more than 0 to 60 s");
        }
        if (picture != null) {
            OutputFile.check(picture, force);
        }
        List<VqVaeFolder> folders = models.stream().map(name -> VqVaeFolder.load(Home.folder(name))).toList();
        EvaluateVqVae.Report report;
        try (ProgressBar bar = reporting.progress("evaluate")) {
            report = new EvaluateVqVae(data, seconds, most, bar::show).run(folders);
        }
        if (picture != null) {
            Page.write(picture, () -> LevelsPicture.draw(names(report), report.sounds(), report.rateHz()), force);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("excerpts", report.excerpts());
        object.put("rows", report.rows());
        object.put("remarks", report.remarks());
        object.put("picture", picture == null ? null : picture.toString());
        reporting.tell(object, text(report));
    }

    private static List<String> names(EvaluateVqVae.Report report) {
        List<String> names = new ArrayList<>(List.of("original"));
        report.rows().forEach(row -> names.add(row.name()));
        return names;
    }

    private static String text(EvaluateVqVae.Report report) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%d excerpts%n%-24s %6s %8s %9s %10s %10s %9s %12s %9s %9s%n",
                        report.excerpts(), "model", "hop", "bit/s", "conv. dB", "untrained", "published", ">4 kHz", "codes used",
                        "encode x", "decode x"));
        for (LevelRow row : report.rows()) {
            text.append(String.format(Locale.ROOT, "%-24s %6s %8.0f %9.1f %10s %10s %9s %12s %9s %9s%n", row.name(),
                    row.hop() == 0 ? "" : row.hop(), row.bitsPerSecond(), row.fidelity().convergenceDb(),
                    row.untrained() == null ? "" : number(row.untrained().convergenceDb()), number(row.publishedDb()),
                    number(-row.fidelity().highLossDb()),
                    row.codes() == 0
                            ? ""
                            : String.format(Locale.ROOT, "%d, %.1f bit", row.used(), row.entropyBits()),
                    number(row.encodeTimesRealTime()), number(row.decodeTimesRealTime())));
        }
        text.append("conv.: spectral convergence, lower is better; >4 kHz: level there against the original's, dB\n");
        report.remarks().forEach(remark -> text.append(remark).append('\n'));
        return text.toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
    }
}
