package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.evaluate.mel2mel.EvaluateMel2Mel;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.scores.ScoreFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate mel2mel}: renderings of held-out scores against those of the sound font. */
@Command(name = "mel2mel", description = "Compares renderings of held-out scores with the sound font's, beside mu-law coding and the vocoder alone. Several models make the table of losses.")
final class EvaluateMel2MelCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = {"--model",
            "--models"}, paramLabel = "MODEL", split = ",", required = true, description = "A model's name or the path of its folder; several with commas.")
    private List<String> models;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder made by 'prepare scores', with sound.")
    private Path data;

    @Option(names = "--vocoder", paramLabel = "NAME", defaultValue = Mel2MelRender.GRIFFIN_LIM, description = "What makes the spectrograms sound (default: ${DEFAULT-VALUE}).")
    private String vocoder;

    @Option(names = "--clips", paramLabel = "N", defaultValue = "3", description = "Held-out clips of each instrument (default: ${DEFAULT-VALUE}).")
    private int clips;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "15", description = "Longest clip (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--picture", paramLabel = "PNG", description = "Draws a clip's roll and spectrograms through the first model, and its timbres by centroid and energy.")
    private Path picture;

    @Option(names = "--force", description = "Overwrites an existing picture.")
    private boolean force;

    @Override
    public void run() {
        if (clips < 1 || !(seconds >= 1 && seconds <= 600)) {
            throw new UserError("--clips " + clips + " --seconds " + seconds + ": expected 1 or more, and 1 to 600");
        }
        if (picture != null) {
            OutputFile.check(picture, force);
        }
        List<Mel2MelFolder> folders = models.stream().map(Home::mel2mel).toList();
        ScoreFolder scores = ScoreFolder.open(data);
        EvaluateMel2Mel.Report report;
        try (ProgressBar bar = reporting.progress("evaluate")) {
            EvaluateMel2Mel evaluation = new EvaluateMel2Mel(
                    scores, folders.getFirst().card().config(), clips, seconds, bar::show);
            report = evaluation.run(folders, vocoder, Mel2MelRender.vocoder(vocoder));
            if (picture != null) {
                evaluation.picture(folders.getFirst(), picture, force);
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("rows", report.rows());
        object.put("morphs", report.morphs());
        reporting.tell(object, report.table());
    }
}
