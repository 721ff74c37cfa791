package org.chanterelle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.chanterelle.preset.Preset;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code presets}: what can be played, and how. */
@Command(name = "presets", subcommands = PresetsMakeCommand.class, description = "Lists the presets: model, input, program, parameter values and controllers.")
final class PresetsCommand implements Runnable {
    @Mixin
    private Reporting reporting;

    @Override
    public void run() {
        PresetFolder folder = Home.presets();
        List<Map<String, Object>> objects = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        UserError damaged = null;
        for (Path file : folder.files()) {
            try {
                Preset preset = PresetFolder.read(file);
                objects.add(describe(file, preset));
                text.append(text(preset));
            } catch (UserError e) {
                damaged = e;
            }
        }
        if (objects.isEmpty() && damaged == null) {
            text.append("No presets in ").append(folder.path()).append('.');
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("folder", folder.path().toString());
        object.put("presets", objects);
        reporting.tell(object, text.toString());
        if (damaged != null) {
            throw damaged;
        }
    }

    private static Map<String, Object> describe(Path file, Preset preset) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", preset.name());
        object.put("path", file.toString());
        object.put("description", preset.description());
        object.put("model", preset.model());
        object.put("engine", lower(preset.engine()));
        object.put("input", lower(preset.input()));
        object.put("program", preset.program());
        if (preset.sing() != null) {
            object.put("instrument", preset.sing().instrument());
            object.put("morphTo", preset.sing().morphTo());
            object.put("notes", lower(preset.sing().notes()));
        }
        Map<String, Float> values = new LinkedHashMap<>();
        preset.values().forEach((parameter, value) -> values.put(parameter.id(), value));
        object.put("parameters", values);
        object.put("midiMap", preset.midiMap().stream().map(PresetsCommand::describe).toList());
        if (preset.tuning() != null) {
            object.put("scala", preset.tuning().scala().toString());
            object.put("keyboardMap", Objects.toString(preset.tuning().keyboardMap(), null));
        }
        return object;
    }

    private static Map<String, Object> describe(ControlMapping mapping) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("controller", mapping.controller());
        object.put("parameter", mapping.parameter().id());
        object.put("min", mapping.min());
        object.put("max", mapping.max());
        object.put("bits", mapping.bits());
        return object;
    }

    private static String text(Preset preset) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s: %s%n  %s plays model %s", preset.name(),
                preset.description(), lower(preset.input()), preset.model()));
        if (preset.sing() != null) {
            text.append(", instrument ").append(preset.sing().instrument());
        }
        if (preset.program() != null) {
            text.append(", bank ").append(preset.program().bank()).append(" program ").append(preset.program().number());
        }
        text.append('\n');
        for (Map.Entry<Parameter, Float> entry : preset.values().entrySet()) {
            text.append(String.format(Locale.ROOT, "  %s %s %s", entry.getKey().name(), number(entry.getValue()),
                    entry.getKey().unit()).stripTrailing()).append('\n');
        }
        for (ControlMapping mapping : preset.midiMap()) {
            text.append(String.format(Locale.ROOT, "  controller %d: %s, %s to %s %s", mapping.controller(),
                    mapping.parameter().name(), number(mapping.min()), number(mapping.max()), mapping.parameter().unit())
                    .stripTrailing()).append('\n');
        }
        if (preset.tuning() != null) {
            text.append("  tuned by ").append(preset.tuning().scala().getFileName()).append('\n');
        }
        return text.append('\n').toString();
    }

    private static String number(float value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
