package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.evaluate.EvaluateTimbre;
import org.chanterelle.evaluate.TimbreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate timbre}: the instrument plays back recordings of itself. */
@Command(name = "timbre", description = "Plays a model from held-out recordings of its own instrument and compares, beside an equalised sawtooth, another recording, and the recording's own magnitudes with random phases.")
final class EvaluateTimbreCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private ModelOption model;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder with the instrument's recordings.")
    private Path data;

    @Option(names = "--train", paramLabel = "NAME", defaultValue = "train", description = "Folder in DIR that the model has learned from (default: ${DEFAULT-VALUE}).")
    private String train;

    @Option(names = "--valid", paramLabel = "NAME", defaultValue = "valid", description = "Folder in DIR that it has not heard (default: ${DEFAULT-VALUE}).")
    private String valid;

    @Override
    public void run() {
        TimbreReport report;
        try (ProgressBar bar = reporting.progress("evaluate")) {
            report = EvaluateTimbre.run(model.load(), data.resolve(train), data.resolve(valid), bar::show);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", report.model());
        object.put("clips", report.clips());
        object.put("mean", report.mean());
        object.put("notes", report.notes());
        reporting.tell(object, report.table());
    }
}
