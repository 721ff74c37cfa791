package org.chanterelle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.Preset;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code presets make}: a preset for each instrument of a SING model. */
@Command(name = "make", description = "Makes a preset for each instrument of a SING model, all as loud as the other presets.")
final class PresetsMakeCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Option(names = "--model", paramLabel = "NAME", required = true, description = "A SING model's name or folder.")
    private String model;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to (default: the folder of presets).")
    private Path out;

    @Option(names = "--notes", paramLabel = "bank|streaming", defaultValue = "bank", description = "Rendered ahead, or made as they sound (default: ${DEFAULT-VALUE}).")
    private Preset.Notes notes;

    @Option(names = "--force", description = "Overwrites existing presets.")
    private boolean force;

    @Override
    public void run() {
        SingFolder folder = Home.sing(model);
        PresetFolder target = new PresetFolder(out == null ? Home.presets().path() : out);
        makeFolder(target.path());
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
