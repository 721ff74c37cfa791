package org.chanterelle.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.expression.ExpressionJson;
import org.chanterelle.model.expression.ExpressionModel;
import org.chanterelle.model.expression.NoteField.Group;
import org.chanterelle.train.expression.ExpressionConfig;
import org.chanterelle.train.expression.ExpressionTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train expression}: how notes are shaped, from a folder of recordings into a model's folder. */
@Command(name = "expression", description = "Measures how the notes of recordings are shaped, and adds it to a model.")
final class TrainExpressionCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of recordings of a single line.")
    private Path data;

    @Option(names = "--model", paramLabel = "MODEL", required = true, description = "Model folder that expression.json is written to.")
    private Path model;

    @Option(names = "--config", paramLabel = "JSON", description = "Settings; what it does not name has its default.")
    private Path config;

    @Option(names = "--force", description = "Replaces the expression that the model has.")
    private boolean force;

    @Override
    public void run() {
        ModelFolder.loadCard(model);
        Path file = model.resolve(ExpressionModel.FILE);
        OutputFile.check(file, force);
        ExpressionConfig settings = config == null ? ExpressionConfig.defaults() : ExpressionConfig.read(config);
        ExpressionTrainer.Result result;
        try (ProgressBar bar = reporting.progress("train")) {
            result = new ExpressionTrainer(data, settings).run((share, name) -> bar.show(share, Double.NaN, name));
        }
        OutputFile.write(file, force, path -> Files.writeString(path, ExpressionJson.write(result.model())));
        result.skipped().forEach(reporting::note);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("notes", result.model().notes().size());
        StringBuilder text = new StringBuilder(file + ": " + result.model().notes().size() + " notes");
        for (Group group : Group.values()) {
            String name = group.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            object.put(name, result.model().count(group));
            text.append(", ").append(result.model().count(group)).append(" with ").append(name);
        }
        object.put("skippedFiles", result.skipped());
        reporting.tell(object, text.toString());
    }
}
