package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.evaluate.jukebox.EvaluateArtist;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.MusicFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate artist}: whether generated music is taken for whom it should be by. */
@Command(name = "artist", description = "Teaches a linear classifier who made a folder's recordings, and has it name held-out ones and others, such as generated ones.")
final class EvaluateArtistCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder made by 'prepare music'.")
    private Path data;

    @Option(names = "--by", paramLabel = "LABEL", defaultValue = "ARTIST", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private EvaluateArtist.Label label;

    @Parameters(paramLabel = "NAME=FILE", arity = "0..*", description = "Recordings, and who should be heard in them.")
    private List<String> claims = List.of();

    @Override
    public void run() {
        List<EvaluateArtist.Claim> parsed = claims.stream().map(EvaluateArtistCommand::claim).toList();
        EvaluateArtist.Report report;
        try (ProgressBar bar = reporting.progress("evaluate")) {
            report = new EvaluateArtist(MusicFolder.open(data), label, share -> bar.show(share, Double.NaN, "recordings"))
                    .run(parsed);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("report", report);
        object.put("chance", report.chance());
        object.put("right", report.verdicts().isEmpty() ? null : report.right());
        reporting.tell(object, text(report));
    }

    private static EvaluateArtist.Claim claim(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new UserError("'" + text + "': expected NAME=FILE");
        }
        return new EvaluateArtist.Claim(Path.of(text.substring(equals + 1)), text.substring(0, equals));
    }

    private static String text(EvaluateArtist.Report report) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%d names, by chance %.1f %%; of %d held-out recordings"
                + " %.0f %% named right%n", report.names().size(), 100 * report.chance(), report.heldOut(),
                100 * report.heldOutRight()));
        for (EvaluateArtist.Verdict verdict : report.verdicts()) {
            text.append(String.format(Locale.ROOT, "%s: should be %s (%.1f %%), named %s%n", verdict.file(), verdict.claimed(),
                    100 * verdict.probability(), verdict.named()));
        }
        if (!report.verdicts().isEmpty()) {
            text.append(String.format(Locale.ROOT, "%.0f %% of %d as they should be%n", 100 * report.right(),
                    report.verdicts().size()));
        }
        return text.toString();
    }
}
