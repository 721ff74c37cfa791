package org.chanterelle.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.chanterelle.evaluate.EvaluateTransfer;
import org.chanterelle.evaluate.TransferReport;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate transfer}: voices become the instrument. */
@Command(name = "transfer", description = "Plays a model from recordings of voices and measures pitch, loudness, timbre and silence.")
final class EvaluateTransferCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Mixin
    private ModelOption model;

    @Mixin
    private TransferOptions options;

    @Option(names = "--voices", paramLabel = "DIR", required = true, description = "Recordings of voices; NAME.f0.csv beside NAME.flac is its exact pitch.")
    private Path voices;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder with the instrument's recordings, in train and valid.")
    private Path data;

    @Option(names = "--not-solo", paramLabel = "REGEX", defaultValue = "choir|speech|espeak|robin|bird", description = "Found in the names of recordings that are not one singing voice (default: ${DEFAULT-VALUE}).")
    private String notSolo;

    @Option(names = "--fit-octave", description = "Plays recordings beyond the model's pitches in the nearest octave within.")
    private boolean fitOctave;

    @Option(names = "--pictures", paramLabel = "DIR", description = "Existing folder for a picture of each recording and its output.")
    private Path pictures;

    @Override
    public void run() {
        if (pictures != null && !Files.isDirectory(pictures)) {
            throw new UserError("--pictures " + pictures + ": expected an existing folder. Make it first.");
        }
        ModelFolder instrument = model.load();
        EvaluateTransfer.Request request = new EvaluateTransfer.Request(
                voices, pattern(), data.resolve("train"), data.resolve("valid"), options.settings(instrument.card()), fitOctave,
                pictures);
        TransferReport report;
        try (ProgressBar bar = reporting.progress("evaluate")) {
            report = EvaluateTransfer.run(instrument, request, bar::show);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", report.model());
        object.put("clips", report.clips());
        object.put("solo", report.solo());
        object.put("inputs", report.inputs());
        object.put("timbre", report.timbre());
        object.put("soloTimbre", report.soloTimbre());
        object.put("notes", report.notes());
        reporting.tell(object, report.table());
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(notSolo);
        } catch (PatternSyntaxException e) {
            throw new UserError("--not-solo " + notSolo + ": expected a regular expression: " + e.getDescription(), e);
        }
    }
}
