package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.List;
import org.chanterelle.generate.mel2mel.ScorePart;
import org.chanterelle.generate.mel2mel.TimbrePath;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code morph}: a score between two timbres. */
@Command(name = "morph", description = "Renders a MIDI file from one timbre of a Mel2Mel model to another, along the piece or at one point between. A run that was stopped goes on with the same command.")
final class MorphCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Parameters(index = "0", paramLabel = "IN.mid", description = "Standard MIDI File.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "Output: WAV or FLAC, by its name.")
    private Path out;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "mel2mel", description = "A Mel2Mel model's name or folder (default: ${DEFAULT-VALUE}).")
    private String modelName;

    @Option(names = "--from", paramLabel = "INSTRUMENT", required = true, description = "The first timbre.")
    private String from;

    @Option(names = "--to", paramLabel = "INSTRUMENT", required = true, description = "The second.")
    private String to;

    @Option(names = "--at", paramLabel = "X", description = "One point between them throughout, 0 for the first to 1 for the second, instead of along the piece.")
    private Double at;

    @Option(names = "--vocoder", paramLabel = "NAME", defaultValue = Mel2MelRender.GRIFFIN_LIM, description = "What makes the spectrogram sound (default: ${DEFAULT-VALUE}).")
    private String vocoder;

    @Mixin
    private TempoOption tempo;

    @Option(names = "--rate", paramLabel = "HZ", defaultValue = "48000", description = "Sample rate (default: ${DEFAULT-VALUE}).")
    private int rateHz;

    @Option(names = "--force", description = "Overwrites existing files.")
    private boolean force;

    @Override
    public void run() {
        if (at != null && !(at >= 0 && at <= 1)) {
            throw new UserError("--at " + at + ": expected 0 to 1");
        }
        Mel2MelRender render = new Mel2MelRender(in, tempo, out, rateHz, force, reporting);
        Mel2MelFolder model = Home.mel2mel(modelName);
        Mel2MelConfig config = model.card().config();
        float[] first = model.timbre(config.indexOf("--from", from));
        float[] second = model.timbre(config.indexOf("--to", to));
        TimbrePath path = at == null ? new TimbrePath(first, second) : TimbrePath.between(first, second, at);
        List<ScoreNote> notes = render.notes();
        String name = from + " to " + to;
        render.run(model, ScorePart.all(notes, config, name, path), vocoder, 1, "morph", name);
    }
}
