package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.preset.Preset;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.train.mel2mel.MonophonicScore;
import org.chanterelle.train.mel2mel.TimbreSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code find-timbre}: an instrument from an example. */
@Command(name = "find-timbre", description = "Finds the timbre of a Mel2Mel model that is nearest to a recording of a single line, and saves it as a preset for render.")
final class FindTimbreCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Parameters(index = "0", paramLabel = "AUDIO", description = "Some seconds of a single line; the first twenty are used.")
    private Path audio;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "mel2mel", description = "A Mel2Mel model's name or folder (default: ${DEFAULT-VALUE}).")
    private String modelName;

    @Option(names = "--save", paramLabel = "FILE", description = "Preset to save, such as found.json; its name is the file's.")
    private Path save;

    @Option(names = "--vocoder", paramLabel = "NAME", defaultValue = Mel2MelRender.GRIFFIN_LIM, description = "Of the preset (default: ${DEFAULT-VALUE}).")
    private String vocoder;

    @Option(names = "--force", description = "Overwrites an existing preset.")
    private boolean force;

    @Override
    public void run() {
        if (save != null) {
            org.chanterelle.audiofile.OutputFile.check(save, force);
        }
        Mel2MelFolder model = Home.mel2mel(modelName);
        MonophonicScore score = MonophonicScore.read(audio);
        TimbreSearch.Found found;
        try (ProgressBar bar = reporting.progress("search")) {
            found = new TimbreSearch(model).find(
                    PianoRoll.of(score.notes(), model.card().config().controlRateHz()), score.mel(), bar::show);
        }
        if (save != null) {
            PresetFolder.save(preset(found), save, force);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("audio", audio.toString());
        object.put("model", model.card().name());
        object.put("notes", score.notes().size());
        object.put("timbre", found.timbre());
        object.put("error", found.error());
        object.put("gainDb", found.gainDb());
        object.put("nearest", found.nearest());
        object.put("errors", found.errors());
        object.put("preset", save == null ? null : save.toString());
        reporting.tell(object, String.format(Locale.ROOT,
                "%s: %d notes; nearest instrument %s (log-mel error %.3f), found between them %.3f%s", audio,
                score.notes().size(), found.nearest(), found.errors().get(found.nearest()), found.error(),
                save == null ? "" : ": " + save));
    }

    private Preset preset(TimbreSearch.Found found) {
        String name = save.getFileName().toString().replaceFirst("\\.json$", "");
        String description = "Found in " + audio.getFileName() + ", nearest to " + found.nearest() + ".";
        return new Preset(name, description.substring(0, Math.min(200, description.length())), modelName, Preset.Engine.MEL2MEL,
                Preset.Input.MIDI, null, Map.of(), List.of(), null, null,
                new Preset.Mel2MelChoice(null, found.timbre(), vocoder));
    }
}
