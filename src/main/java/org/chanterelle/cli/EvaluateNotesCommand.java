package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.audiofile.MidiScore;
import org.chanterelle.evaluate.EvaluateNotes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate notes}: whether renderings of a single line have the notes of its score. */
@Command(name = "notes", description = "Has aubio judge whether renderings of a single-line score have its notes: onsets within 20 ms, pitches within 50 cents.")
final class EvaluateNotesCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--score", paramLabel = "MID", required = true, description = "MIDI file that they were made of.")
    private Path score;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings that begin with the score.")
    private List<Path> files;

    @Override
    public void run() {
        EvaluateNotes evaluation = new EvaluateNotes(MidiScore.of(MidiFile.read(score)).notes());
        Map<String, Object> object = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            EvaluateNotes.Report report = evaluation.of(AudioReader.read(file));
            object.put(file.toString(), report);
            text.append(String.format(Locale.ROOT, "%s: onsets %.1f %% of %d (%d false, median %+.1f ms), pitch %.1f %% of %d%n",
                    file, 100 * report.onsetShare(), report.onsets(), report.onsetsFalse(), report.medianOffsetMs(),
                    100 * report.pitchShare(), report.notes()));
        }
        reporting.tell(object, text.toString().stripTrailing());
    }
}
