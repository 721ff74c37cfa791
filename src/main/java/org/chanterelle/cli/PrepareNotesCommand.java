package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.soundfont.FluidSynth;
import org.chanterelle.train.soundfont.MidiInstrument;
import org.chanterelle.train.soundfont.NoteRendering;
import org.chanterelle.train.soundfont.RenderSettings;
import org.chanterelle.train.soundfont.SoundFont;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prepare notes}: single notes of a sound font, to train a note generator from. */
@Command(name = "notes", description = "Renders a sound font's instruments note by note, four seconds each at 16 kHz, in NSynth's layout, split for training, validation and test. A run that was stopped goes on with the same command.")
final class PrepareNotesCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to make.")
    private Path out;

    @Option(names = "--sound-font", paramLabel = "FILE", description = "SF2 or SF3 file (default: Debian's General MIDI font).")
    private Path soundFont;

    @Option(names = "--programs", paramLabel = "NAMES", split = ",", description = "Instruments by name or General MIDI program from 0, such as violin,73 (default: 27 of all families).")
    private List<String> programs;

    @Option(names = "--lowest", paramLabel = "PITCH", defaultValue = "0", description = "Lowest MIDI pitch within the instruments' ranges.")
    private int lowest;

    @Option(names = "--highest", paramLabel = "PITCH", defaultValue = "127", description = "Highest.")
    private int highest;

    @Option(names = "--velocities", paramLabel = "LIST", split = ",", defaultValue = "25,50,75,100,127", description = "MIDI velocities (default: ${DEFAULT-VALUE}).")
    private List<Integer> velocities;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Chooses the held-out pitches (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--gain", paramLabel = "X", defaultValue = "1.5", description = "Gain of all notes, above 0 to 10 (default: ${DEFAULT-VALUE}).")
    private double gain;

    @Override
    public void run() {
        checkNumbers();
        Path font = InstalledSoundFont.or(soundFont);
        SoundFont tables = SoundFont.read(font);
        List<MidiInstrument> chosen = programs == null
                ? MidiInstrument.choice()
                : programs.stream().map(name -> MidiInstrument.find(name.strip())).distinct().toList();
        RenderSettings settings = new RenderSettings(font.getFileName().toString(), InstalledSoundFont.bytes(font),
                chosen.stream().map(MidiInstrument::name).toList(), lowest, highest,
                velocities.stream().distinct().sorted().toList(), seed, gain);
        NoteRendering rendering = new NoteRendering(tables, out, settings, FluidSynth.find(font, gain));
        NoteRendering.Result result;
        try (ProgressBar bar = reporting.progress("render")) {
            result = rendering.run(bar::show);
        }
        reporting.tell(describe(result, chosen.size()), text(result, chosen.size()));
    }

    private void checkNumbers() {
        if (lowest < 0 || highest > 127 || lowest > highest) {
            throw new UserError("--lowest " + lowest + " --highest " + highest + ": expected 0 <= lowest <= highest <= 127");
        }
        velocities.stream().filter(velocity -> velocity < 1 || velocity > 127).findFirst().ifPresent(velocity -> {
            throw new UserError("--velocities " + velocity + ": expected 1 to 127");
        });
        if (!(gain > 0 && gain <= 10)) {
            throw new UserError("--gain " + gain + ": expected more than 0 and at most 10");
        }
    }

    private Map<String, Object> describe(NoteRendering.Result result, int instruments) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("out", out.toString());
        object.put("instruments", instruments);
        result.notes().forEach((set, count) -> object.put(set.folder(), count));
        object.put("rendered", result.rendered());
        object.put("silent", result.silent());
        object.put("sharing", result.sharing());
        return object;
    }

    private String text(NoteRendering.Result result, int instruments) {
        String counts = String.format(Locale.ROOT,
                "%s: %d instruments, %d notes to train on, %d to validate, %d to test (%d rendered now)%n",
                out, instruments, result.notes().get(NoteSet.TRAIN), result.notes().get(NoteSet.VALID),
                result.notes().get(NoteSet.TEST), result.rendered());
        String silent = result.silent().isEmpty()
                ? ""
                : result.silent().size() + " left out as silent: "
                        + String.join(", ", result.silent()) + System.lineSeparator();
        return counts + silent + String.format(Locale.ROOT,
                "The font plays %d of the %d test pairs with a sample that a training pitch plays, too%s.",
                result.sharing().shared(), result.sharing().testPairs(),
                result.sharing().medianSemitones() == null
                        ? ""
                        : String.format(Locale.ROOT, ", the median %.1f semitones away",
                                result.sharing().medianSemitones()));
    }
}
