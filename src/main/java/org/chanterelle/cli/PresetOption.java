package org.chanterelle.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.preset.Preset;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Option;

/** {@code --preset} and {@code --set}. */
final class PresetOption {
    @Option(names = "--preset", paramLabel = "NAME", defaultValue = "violin", description = "A preset's name or file (default: ${DEFAULT-VALUE}); see 'chanterelle presets'.")
    private String name;

    @Option(names = "--set", paramLabel = "ID=VALUE", description = "Turns a parameter, such as gain=-6; may be repeated.")
    private Map<String, Float> values = new LinkedHashMap<>();

    /** As it was given. */
    String name() {
        return name;
    }

    /** Loads the preset, with the values of {@code --set} in it. */
    Preset load() {
        Preset preset = Home.presets().load(name);
        if (values.isEmpty()) {
            return preset;
        }
        Map<Parameter, Float> changed = new LinkedHashMap<>(preset.values());
        values.forEach((id, value) -> changed.put(parameter(id, value), value));
        return preset.saved(preset.name(), changed, preset.midiMap());
    }

    private static Parameter parameter(String id, float value) {
        Parameter parameter = Parameters.byId(id);
        if (parameter == null) {
            throw new UserError("--set " + id + ": no such parameter; there are "
                    + String.join(", ", Parameters.ALL.stream().map(Parameter::id).toList()) + ".");
        }
        if (!parameter.holds(value)) {
            throw new UserError("--set " + id + "=" + value + ": expected " + parameter.min() + " to " + parameter.max() + " "
                    + parameter.unit() + ".");
        }
        return parameter;
    }
}
