package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.scores.PiecePart;
import org.chanterelle.train.scores.ScoreRendering;
import org.chanterelle.train.scores.ScoreSettings;
import org.chanterelle.train.soundfont.FluidSynth;
import org.chanterelle.train.soundfont.MidiInstrument;
import org.chanterelle.train.soundfont.SoundFont;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prepare scores}: MIDI files on several instruments, to train Mel2Mel and vocoders from. */
@Command(name = "scores", description = "Renders a folder of MIDI files with a sound font for several instruments, 16 kHz, split by piece, with log-mel spectrograms. A run that was stopped goes on with the same command.")
final class PrepareScoresCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Folder of MIDI files; folders named train, valid and test in it decide the split.")
    private Path data;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to make.")
    private Path out;

    @Option(names = "--sound-font", paramLabel = "FILE", description = "SF2 or SF3 file (default: Debian's General MIDI font).")
    private Path soundFont;

    @Option(names = "--programs", paramLabel = "NAMES", split = ",", description = "Instruments by name or General MIDI program from 0 (default: the ten of the paper).")
    private List<String> programs;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "60", description = "Longest stretch of a piece (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--crops", paramLabel = "N", defaultValue = "1", description = "Stretches of each piece and instrument, spread over the piece (default: ${DEFAULT-VALUE}).")
    private int crops;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Chooses the stretches (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--gain", paramLabel = "X", defaultValue = "1", description = "Gain of all, above 0 to 10 (default: ${DEFAULT-VALUE}).")
    private double gain;

    @Option(names = "--part", paramLabel = "all|melody", defaultValue = "all", description = "What of each piece is played: every note, or the highest of those that begin together, a single line with and without rests (default: ${DEFAULT-VALUE}).")
    private String part;

    @Option(names = "--no-audio", description = "Keeps spectrograms only, enough to train Mel2Mel but not a vocoder.")
    private boolean noAudio;

    @Override
    public void run() {
        if (!(gain > 0 && gain <= 10)) {
            throw new UserError("--gain " + gain + ": expected more than 0 and at most 10");
        }
        Path font = InstalledSoundFont.or(soundFont);
        SoundFont tables = SoundFont.read(font);
        List<String> names = (programs == null ? ScoreSettings.PUBLISHED : programs).stream()
                .map(name -> MidiInstrument.find(name.strip()).name()).distinct().toList();
        ScoreSettings settings = new ScoreSettings(font.getFileName().toString(), InstalledSoundFont.bytes(font), names, seconds,
                crops, seed, gain, PiecePart.find(part), !noAudio);
        ScoreRendering rendering = new ScoreRendering(data, tables, out, settings, FluidSynth.find(font, gain));
        ScoreRendering.Result result;
        try (ProgressBar bar = reporting.progress("render")) {
            result = rendering.run(bar::show);
        }
        result.leftOut().forEach(line -> reporting.note("left out: " + line));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("out", out.toString());
        object.put("instruments", names);
        result.entries().forEach((set, count) -> object.put(set.folder(), count));
        object.put("rendered", result.rendered());
        object.put("leftOut", result.leftOut());
        reporting.tell(object, String.format(Locale.ROOT,
                "%s: %d instruments; %d stretches to train on, %d to validate, %d to test (%d rendered now, %d left out)", out,
                names.size(), result.entries().get(NoteSet.TRAIN), result.entries().get(NoteSet.VALID),
                result.entries().get(NoteSet.TEST), result.rendered(), result.leftOut().size()));
    }
}
