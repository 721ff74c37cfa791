package org.chanterelle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.model.CardFile;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code presets make}: a preset for each instrument of a SING or Mel2Mel model, or for each artist of a Jukebox prior. */
@Command(name = "make", description = "Makes a preset for each instrument of a SING model, all as loud as the other presets, or of a Mel2Mel model, or for each artist of a Jukebox prior, whose other models are found by what they were trained with.")
final class PresetsMakeCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--model", paramLabel = "NAME", required = true, description = "A SING or Mel2Mel model's or a prior's name or folder.")
    private String model;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to (default: the folder of presets).")
    private Path out;

    @Option(names = "--notes", paramLabel = "bank|streaming", defaultValue = "bank", description = "Rendered ahead, or made as they sound (default: ${DEFAULT-VALUE}).")
    private Preset.Notes notes;

    @Option(names = "--vocoder", paramLabel = "NAME", defaultValue = Mel2MelRender.GRIFFIN_LIM, description = "Of a Mel2Mel model's presets (default: ${DEFAULT-VALUE}).")
    private String vocoder;

    @Option(names = "--force", description = "Overwrites existing presets.")
    private boolean force;

    @Override
    public void run() {
        PresetFolder target = new PresetFolder(out == null ? Home.presets().path() : out);
        makeFolder(target.path());
        String kind = CardFile.kind(Home.folder(model));
        if (kind.equals(Mel2MelConfig.KIND)) {
            make(target, Mel2MelPresets.of(model, Home.mel2mel(model).card().config(), vocoder));
            return;
        }
        if (kind.equals(PriorConfig.KIND)) {
            make(target, JukeboxPresets.of(model));
            return;
        }
        SingFolder folder = Home.sing(model);
        SingPresets presets = new SingPresets(model, folder, notes);
        List<String> names = presets.names();
        names.forEach(name -> target.checkFree(name, force));
        List<Map<String, Object>> objects = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Preset preset = presets.preset(i);
            Path file = target.save(preset, force);
            objects.add(describe(preset, file));
            reporting.note(String.format(Locale.ROOT, "%s: gain %.1f dB, release %.0f ms", file, preset.value(Parameters.GAIN),
                    preset.value(Parameters.RELEASE)));
        }
        reporting.tell(Map.of("presets", objects), names.size() + " presets in " + target.path());
    }

    private void make(PresetFolder target, List<Preset> presets) {
        presets.forEach(preset -> target.checkFree(preset.name(), force));
        List<Map<String, Object>> objects = new ArrayList<>();
        presets.forEach(preset -> objects.add(Map.of("name", preset.name(), "path", target.save(preset, force).toString())));
        reporting.tell(Map.of("presets", objects), presets.size() + " presets in " + target.path());
    }

    private static Map<String, Object> describe(Preset preset, Path file) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", preset.name());
        object.put("path", file.toString());
        object.put("gainDb", preset.value(Parameters.GAIN));
        object.put("releaseMs", preset.value(Parameters.RELEASE));
        return object;
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be made: " + e.getMessage() + ". Name another folder", e);
        }
    }
}
