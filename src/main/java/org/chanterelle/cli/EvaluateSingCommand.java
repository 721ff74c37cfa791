package org.chanterelle.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.evaluate.sing.EvaluateSing;
import org.chanterelle.evaluate.sing.PublishedScores;
import org.chanterelle.evaluate.sing.SingCells;
import org.chanterelle.evaluate.sing.SingPictures;
import org.chanterelle.evaluate.sing.SingReport;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate sing}: a note generator against the notes that it was trained on and those that it never heard. */
@Command(name = "sing", description = "Compares what note generators render with the notes themselves, beside baselines and the published figures. Several models make the ablation table.")
final class EvaluateSingCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = {"--model",
            "--models"}, paramLabel = "MODEL", split = ",", required = true, description = "A model's name or the path of its folder; several with commas.")
    private List<String> models;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of notes that they were trained on.")
    private Path data;

    @Option(names = "--notes", paramLabel = "N", defaultValue = "400", description = "Notes of each set to compare, spread over it (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the split, where the folder has one set only (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--cells", description = "Checks pitch, level, clicks and DC of every instrument and pitch of the first model.")
    private boolean cells;

    @Option(names = "--picture", paramLabel = "DIR", description = "Existing folder for pictures of the first model: embeddings, held-out notes.")
    private Path pictures;

    @Override
    public void run() {
        if (most < 1) {
            throw new UserError("--notes " + most + ": expected 1 or more");
        }
        if (pictures != null && !Files.isDirectory(pictures)) {
            throw new UserError("--picture " + pictures + ": expected an existing folder. Make it first");
        }
        List<SingFolder> folders = models.stream().map(name -> SingFolder.load(Home.folder(name))).toList();
        NoteFolder notes = NoteFolder.open(data, seed);
        Map<String, Object> object = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        try (ProgressBar bar = reporting.progress("evaluate")) {
            SingReport report = new EvaluateSing(notes, most, bar::show).run(folders);
            object.put("rows", report.rows());
            object.put("baseline", report.baseline());
            object.put("remarks", report.remarks());
            object.put("published", PublishedScores.TABLE);
            text.append(report.table());
            if (cells) {
                SingCells found = SingCells.of(folders.getFirst(), notes, bar::show);
                object.put("cells", found);
                text.append(System.lineSeparator()).append(found.table());
            }
            if (pictures != null) {
                List<String> written = SingPictures.write(folders.getFirst(), notes, pictures).stream().map(Path::toString)
                        .toList();
                object.put("pictures", written);
                text.append("written: ").append(String.join(", ", written)).append(System.lineSeparator());
            }
        }
        reporting.tell(object, text.toString());
    }
}
