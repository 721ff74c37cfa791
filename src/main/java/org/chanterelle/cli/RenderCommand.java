package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.analysis.Timing;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.generate.mel2mel.ScorePart;
import org.chanterelle.generate.mel2mel.TimbrePath;
import org.chanterelle.inference.ComputeDevice;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code render}: a MIDI file through a preset. */
@Command(name = "render", description = "Plays a MIDI file through a preset, as fast as possible, into an audio file.")
final class RenderCommand implements Runnable {
    private static final int BLOCK_FRAMES = 128;

    @Mixin
    private Reporting reporting;

    @Mixin
    private PresetOption preset;

    @Parameters(index = "0", paramLabel = "IN.mid", description = "Standard MIDI File.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "Output: WAV or FLAC, by its name.")
    private Path out;

    @Mixin
    private TempoOption tempo;

    @Option(names = "--rate", paramLabel = "HZ", defaultValue = "48000", description = "Sample rate (default: ${DEFAULT-VALUE}).")
    private int rateHz;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of noise and phases (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--force", description = "Overwrites existing files.")
    private boolean force;

    @Override
    public void run() {
        AudioWriter.checkExtension(out);
        OutputFile.check(out, force);
        Rates.check("--rate", rateHz);
        if (!MidiFile.isMidi(in)) {
            MidiFile.read(in);
            throw new UserError(in + ": not a Standard MIDI File. For a recording use transfer, or play --driver file.");
        }
        Preset chosen = preset.load();
        if (chosen.engine() == Preset.Engine.MEL2MEL) {
            renderScore(chosen);
            return;
        }
        long start = System.nanoTime();
        FilePlay.Result result = FilePlay.playScore(
                new FilePlay.Request(chosen, BLOCK_FRAMES, Timing.RECORD, Double.POSITIVE_INFINITY, false, seed,
                        ComputeDevice.CPU),
                in, tempo.read(in),
                rateHz,
                Home::model);
        AudioWriter.write(out, result.audio(), force);
        double seconds = (System.nanoTime() - start) * 1e-9;
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", in.toString());
        object.put("output", out.toString());
        object.put("preset", preset.name());
        object.put("seconds", result.audio().seconds());
        object.put("timesRealTime", result.audio().seconds() / seconds);
        reporting.tell(object, String.format(
                Locale.ROOT, "%s: %.2f s of %s, %.1f x real time", out, result.audio().seconds(), preset.name(),
                result.audio().seconds() / seconds));
    }

    /** Mel2Mel renders the whole score, not note by note. */
    private void renderScore(Preset chosen) {
        Preset.Mel2MelChoice choice = chosen.mel2mel();
        Mel2MelFolder model = Home.mel2mel(chosen.model());
        Mel2MelConfig config = model.card().config();
        Mel2MelRender render = new Mel2MelRender(in, tempo, out, rateHz, force, reporting);
        List<ScoreNote> notes = render.notes();
        List<ScorePart> parts;
        if (choice.instrument() != null) {
            int row = config.indexOf("preset " + chosen.name() + ": mel2mel.instrument", choice.instrument());
            parts = ScorePart.all(notes, config, choice.instrument(), TimbrePath.fixed(model.timbre(row)));
        } else if (choice.timbre() != null) {
            parts = ScorePart.all(notes, config, chosen.name(),
                    TimbrePath.fixed(Mel2MelRender.timbre(model, choice.timbre())));
        } else {
            parts = ScorePart.byProgram(notes, model);
        }
        double gain = Math.pow(10, chosen.value(org.chanterelle.signal.Parameters.GAIN) / 20);
        render.run(model, parts, choice.vocoder(), gain, "preset", chosen.name());
    }
}
