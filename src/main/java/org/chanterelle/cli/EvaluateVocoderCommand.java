package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.evaluate.vocoder.EvaluateVocoder;
import org.chanterelle.evaluate.vocoder.HeldOutClip;
import org.chanterelle.evaluate.vocoder.VocoderRow;
import org.chanterelle.model.vocoder.VocoderFolder;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate vocoder}: sounds from their own mel spectrograms. */
@Command(name = "vocoder", description = "Compares held-out sounds with what vocoders make of their mel spectrograms; mu-law coding alone and Griffin-Lim stand beside the models.")
final class EvaluateVocoderCommand implements Runnable {
    private static final int MAX_CLIPS = 10_000;
    private static final double MAX_SECONDS = 600;

    @Mixin
    private Reporting reporting;

    @Option(names = {"--model",
            "--models"}, paramLabel = "MODEL", split = ",", description = "A vocoder's name or the path of its folder; several with commas. None judges Griffin-Lim alone.")
    private List<String> models = List.of();

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder that 'prepare scores' made, with sound, or any folder of recordings.")
    private Path data;

    @Option(names = "--clips", paramLabel = "N", defaultValue = "20", description = "Most sounds to judge by (default: ${DEFAULT-VALUE}).")
    private int clips;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "Most of each (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Override
    public void run() {
        if (clips < 1 || clips > MAX_CLIPS) {
            throw new UserError("--clips " + clips + ": expected 1 to " + MAX_CLIPS + ".");
        }
        if (!(seconds >= 1 && seconds <= MAX_SECONDS)) {
            throw new UserError("--seconds " + seconds + ": expected 1 to " + MAX_SECONDS + ".");
        }
        List<VocoderFolder> folders = models.stream().map(name -> VocoderFolder.load(Home.folder(name))).toList();
        List<HeldOutClip> sounds = HeldOutClip.read(data, clips, seconds);
        List<VocoderRow> rows;
        try (ProgressBar bar = reporting.progress("evaluate")) {
            rows = new EvaluateVocoder(sounds, bar::show).run(folders);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("clips", sounds.size());
        object.put("rows", rows);
        reporting.tell(object, sounds.size() + " sounds" + System.lineSeparator() + EvaluateVocoder.table(rows));
    }
}
