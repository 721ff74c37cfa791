package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.evaluate.EvaluateExpression;
import org.chanterelle.evaluate.ExpressionReport;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.expression.ExpressionModel;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.expression.ExpressionConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate expression}: how notes are shaped, in recordings, in draws from a model, and in given files. */
@Command(name = "expression", description = "Compares how notes are shaped: two recorded players; notes drawn from a model against held-out ones; and given files against the recordings.")
final class EvaluateExpressionCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private ModelOption model;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder with the instrument's recordings.")
    private Path data;

    @Option(names = "--config", paramLabel = "JSON", description = "The settings that the expression was trained with.")
    private Path config;

    @Option(names = "--alignments", paramLabel = "DIR", description = "Aligned scores to count found onsets against: NAME.csv for NAME.flac, its first column seconds.")
    private Path alignments;

    @Parameters(paramLabel = "WAV", arity = "0..*", description = "Renderings to compare with the recordings.")
    private List<Path> files = List.of();

    @Override
    public void run() {
        ModelFolder folder = model.load();
        ExpressionModel expression = folder.expression().orElseThrow(() -> new UserError(folder.path() + ": no "
                + ExpressionModel.FILE + " here. Make it with 'chanterelle train expression'"));
        ExpressionConfig settings = config == null ? ExpressionConfig.defaults() : ExpressionConfig.read(config);
        ExpressionReport report;
        try (ProgressBar bar = reporting.progress("evaluate")) {
            report = EvaluateExpression.run(expression, new EvaluateExpression.Request(data, settings, files, alignments),
                    (share, name) -> bar.show(share, Double.NaN, name));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", folder.card().name());
        object.put("measures", report.rows());
        object.put("joint", report.joint());
        object.put("onsets", report.onsets());
        object.put("notes", report.notes());
        reporting.tell(object, report.table());
    }
}
