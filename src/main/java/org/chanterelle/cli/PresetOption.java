package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.preset.KeyTuning;
import org.chanterelle.preset.Preset;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Option;

/** {@code --preset}, and what it is changed by: {@code --set}, {@code --scala}, {@code --keyboard-map}. */
final class PresetOption {
    @Option(names = "--preset", paramLabel = "NAME", defaultValue = "violin", description = "A preset's name or file (default: ${DEFAULT-VALUE}); see 'chanterelle presets'.")
    private String name;

    @Option(names = "--set", paramLabel = "ID=VALUE", description = "Turns a parameter, such as gain=-6; may be repeated.")
    private Map<String, Float> values = new LinkedHashMap<>();

    @Option(names = "--scala", paramLabel = "SCL", description = "Tunes the keys by a Scala file.")
    private Path scala;

    @Option(names = "--keyboard-map", paramLabel = "KBM", description = "With --scala: which key plays which degree.")
    private Path keyboardMap;

    /** As it was given. */
    String name() {
        return name;
    }

    /** Loads the preset, with the values and the tuning that were given in it. */
    Preset load() {
        if (keyboardMap != null && scala == null) {
            throw new UserError("--keyboard-map: expected --scala with it.");
        }
        Preset loaded = Home.presets().load(name);
        Preset preset = scala == null ? loaded : loaded.tuned(KeyTuning.read(scala, keyboardMap));
        if (values.isEmpty()) {
            return preset;
        }
        Map<Parameter, Float> changed = new LinkedHashMap<>(preset.values());
        values.forEach((id, value) -> changed.put(parameter(id, value), value));
        return preset.saved(preset.name(), changed, preset.midiMap());
    }

    private static Parameter parameter(String id, float value) {
        Parameter parameter = parameter("--set", id);
        if (!parameter.holds(value)) {
            throw new UserError("--set " + id + "=" + value + ": expected " + parameter.min() + " to " + parameter.max() + " "
                    + parameter.unit() + ".");
        }
        return parameter;
    }

    /** The parameter of an id given to an option; throws UserError when there is none. */
    static Parameter parameter(String option, String id) {
        Parameter parameter = Parameters.byId(id);
        if (parameter == null) {
            throw new UserError(option + " " + id + ": no such parameter; there are "
                    + String.join(", ", Parameters.ALL.stream().map(Parameter::id).toList()) + ".");
        }
        return parameter;
    }
}
