package org.chanterelle.preset;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.preset.Preset.Mel2MelChoice;
import org.chanterelle.preset.Preset.Program;
import org.chanterelle.preset.Preset.SingChoice;
import org.chanterelle.signal.ControlMapping;
import org.chanterelle.signal.Parameter;
import org.chanterelle.signal.Parameters;
import org.chanterelle.signal.UserError;

/** Presets as JSON, both ways. */
final class PresetJson {
    static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().setStrictness(Strictness.STRICT)
            .create();
    private static final String FILE_NAME = "the name of a file beside the preset";
    private static final String FILE_PATTERN = "(?!\\.)[^/\\\\\\p{Cntrl}]{1,100}";
    private static final String INSTRUMENT = "\\P{Cntrl}{1,200}";
    private static final int MOST_MAPPINGS = 128;
    private static final int MOST_TIMBRE_NUMBERS = 256;

    private PresetJson() {}

    /**
     * Reads a preset.
     *
     * @param file where it lies, for messages and for the files that it names
     * @throws UserError in one line when anything is not as it should be
     */
    static Preset read(Path file, String json) {
        String where = file.toString();
        JsonElement root = parse(where, json);
        JsonFields fields = new JsonFields(where, "", root, List.of("formatVersion", "name", "description", "model", "engine",
                "input", "program", "parameters", "midiMap", "tuning", "sing",
                "mel2mel", "jukebox"));
        fields.whole("formatVersion", Preset.FORMAT_VERSION, Preset.FORMAT_VERSION);
        Preset.Engine engine = fields.choice("engine", Preset.Engine.class);
        Preset.Input input = fields.choice("input", Preset.Input.class);
        return new Preset(
                fields.text("name", "lower-case letters, digits and hyphens, at most 64", "(?=.{1,64}$)" + NAME),
                fields.text("description", "a line of at most 200 characters", "\\P{Cntrl}{1,200}"),
                fields.text("model", "name or path of a model", "\\P{Cntrl}{1,200}"),
                engine,
                input,
                program(where, fields.optional("program")),
                values(where, fields.optional("parameters")),
                midiMap(where, fields),
                tuning(file, fields.optional("tuning")),
                sing(where, fields, engine, input),
                mel2mel(where, fields, engine, input),
                JukeboxJson.read(where, fields, engine, input));
    }

    private static SingChoice sing(String where, JsonFields fields, Preset.Engine engine, Preset.Input input) {
        JsonElement element = fields.optional("sing");
        if (engine != Preset.Engine.SING) {
            if (element != null) {
                throw fields.error("sing", "there", "none, as engine is not sing");
            }
            return null;
        }
        if (element == null) {
            throw fields.error("sing", "missing", "an object with the model's instrument, as engine is sing");
        }
        if (input != Preset.Input.MIDI) {
            throw fields.error("input", JsonFields.written(input), "midi, as engine is sing");
        }
        JsonFields sing = new JsonFields(where, "sing.", element, List.of("instrument", "morphTo", "notes"));
        String expected = "the name of an instrument of the model";
        return new SingChoice(
                sing.text("instrument", expected, INSTRUMENT),
                sing.optional("morphTo") == null ? null : sing.text("morphTo", expected, INSTRUMENT),
                sing.choice("notes", Preset.Notes.class));
    }

    private static Mel2MelChoice mel2mel(String where, JsonFields fields, Preset.Engine engine, Preset.Input input) {
        JsonElement element = fields.optional("mel2mel");
        if (engine != Preset.Engine.MEL2MEL) {
            if (element != null) {
                throw fields.error("mel2mel", "there", "none, as engine is not mel2mel");
            }
            return null;
        }
        if (element == null) {
            throw fields.error("mel2mel", "missing", "an object with a vocoder, as engine is mel2mel");
        }
        if (input != Preset.Input.MIDI) {
            throw fields.error("input", JsonFields.written(input), "midi, as engine is mel2mel");
        }
        JsonFields choice = new JsonFields(where, "mel2mel.", element, List.of("instrument", "timbre", "vocoder"));
        String instrument = choice.optional("instrument") == null
                ? null
                : choice.text("instrument", "the name of an instrument of the model", INSTRUMENT);
        List<Float> timbre = timbre(choice);
        if (instrument != null && timbre != null) {
            throw choice.error("mel2mel.timbre", "there beside an instrument", "one of the two");
        }
        return new Mel2MelChoice(instrument, timbre,
                choice.text("vocoder", "griffin-lim, or name or path of a model", "\\P{Cntrl}{1,200}"));
    }

    private static List<Float> timbre(JsonFields choice) {
        JsonElement element = choice.optional("timbre");
        if (element == null) {
            return null;
        }
        List<Float> timbre = new ArrayList<>();
        boolean isList = element.isJsonArray() && !element.getAsJsonArray().isEmpty()
                && element.getAsJsonArray().size() <= MOST_TIMBRE_NUMBERS;
        for (JsonElement number : isList ? element.getAsJsonArray() : new JsonArray()) {
            boolean isNumber = number.isJsonPrimitive() && number.getAsJsonPrimitive().isNumber();
            timbre.add(isNumber ? number.getAsFloat() : Float.NaN);
        }
        if (!isList || !timbre.stream().allMatch(Float::isFinite)) {
            throw choice.error("mel2mel.timbre", "something else", "a list of 1 to " + MOST_TIMBRE_NUMBERS + " numbers");
        }
        return timbre;
    }

    /** The file's text. */
    static String write(Preset preset) {
        JsonObject root = new JsonObject();
        root.addProperty("formatVersion", Preset.FORMAT_VERSION);
        root.addProperty("name", preset.name());
        root.addProperty("description", preset.description());
        root.addProperty("model", preset.model());
        root.addProperty("engine", JsonFields.written(preset.engine()));
        root.addProperty("input", JsonFields.written(preset.input()));
        if (preset.sing() != null) {
            root.add("sing", write(preset.sing()));
        }
        if (preset.mel2mel() != null) {
            root.add("mel2mel", write(preset.mel2mel()));
        }
        if (preset.jukebox() != null) {
            root.add("jukebox", JukeboxJson.write(preset.jukebox()));
        }
        if (preset.program() != null) {
            JsonObject program = new JsonObject();
            program.addProperty("bank", preset.program().bank());
            program.addProperty("number", preset.program().number());
            root.add("program", program);
        }
        JsonObject values = new JsonObject();
        preset.values().forEach((parameter, value) -> values.addProperty(parameter.id(), shortest(value)));
        root.add("parameters", values);
        JsonArray map = new JsonArray();
        preset.midiMap().forEach(mapping -> map.add(write(mapping)));
        root.add("midiMap", map);
        if (preset.tuning() != null) {
            root.add("tuning", write(preset.tuning()));
        }
        return GSON.toJson(root) + "\n";
    }

    private static JsonObject write(SingChoice sing) {
        JsonObject object = new JsonObject();
        object.addProperty("instrument", sing.instrument());
        if (sing.morphTo() != null) {
            object.addProperty("morphTo", sing.morphTo());
        }
        object.addProperty("notes", JsonFields.written(sing.notes()));
        return object;
    }

    private static JsonObject write(Mel2MelChoice choice) {
        JsonObject object = new JsonObject();
        if (choice.instrument() != null) {
            object.addProperty("instrument", choice.instrument());
        }
        if (choice.timbre() != null) {
            JsonArray timbre = new JsonArray();
            choice.timbre().forEach(value -> timbre.add(shortest(value)));
            object.add("timbre", timbre);
        }
        object.addProperty("vocoder", choice.vocoder());
        return object;
    }

    private static JsonObject write(KeyTuning tuning) {
        JsonObject object = new JsonObject();
        object.addProperty("scala", tuning.scala().getFileName().toString());
        if (tuning.keyboardMap() != null) {
            object.addProperty("keyboardMap", tuning.keyboardMap().getFileName().toString());
        }
        return object;
    }

    private static JsonObject write(ControlMapping mapping) {
        JsonObject object = new JsonObject();
        object.addProperty("controller", mapping.controller());
        object.addProperty("parameter", mapping.parameter().id());
        object.addProperty("min", shortest(mapping.min()));
        object.addProperty("max", shortest(mapping.max()));
        if (mapping.isFine()) {
            object.addProperty("bits", mapping.bits());
        }
        return object;
    }

    /** 3 rather than 3.0, and 0.1 as the float it is. */
    private static BigDecimal shortest(float value) {
        BigDecimal exact = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    private static JsonElement parse(String where, String json) {
        try {
            JsonElement root = GSON.fromJson(json, JsonElement.class);
            if (root == null) {
                throw new UserError(where + ": empty; expected a preset. Copy it again");
            }
            return root;
        } catch (JsonParseException e) {
            String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("malformed");
            throw new UserError(where + ": not JSON: " + line.replaceFirst("^[\\w.$]+Exception: ", "") + ". Correct the file", e);
        }
    }

    private static Program program(String where, JsonElement element) {
        if (element == null) {
            return null;
        }
        JsonFields fields = new JsonFields(where, "program.", element, List.of("bank", "number"));
        return new Program(fields.whole("bank", 0, 16_383), fields.whole("number", 0, 127));
    }

    private static Map<Parameter, Float> values(String where, JsonElement element) {
        if (element == null) {
            return Map.of();
        }
        List<String> ids = Parameters.ALL.stream().map(Parameter::id).toList();
        JsonFields fields = new JsonFields(where, "parameters.", element, ids);
        Map<Parameter, Float> values = new LinkedHashMap<>();
        for (String id : element.getAsJsonObject().keySet()) {
            Parameter parameter = Parameters.byId(id);
            values.put(parameter, (float) fields.number(id, parameter.min(), parameter.max()));
        }
        return values;
    }

    private static List<ControlMapping> midiMap(String where, JsonFields fields) {
        JsonElement element = fields.optional("midiMap");
        if (element == null) {
            return List.of();
        }
        if (!element.isJsonArray() || element.getAsJsonArray().size() > MOST_MAPPINGS) {
            throw fields.error("midiMap", "something else", "a list of at most " + MOST_MAPPINGS + " mappings");
        }
        List<ControlMapping> map = new ArrayList<>();
        for (JsonElement entry : element.getAsJsonArray()) {
            map.add(mapping(where, "midiMap[" + map.size() + "].", entry));
        }
        return map;
    }

    private static ControlMapping mapping(String where, String prefix, JsonElement entry) {
        JsonFields fields = new JsonFields(where, prefix, entry, List.of("controller", "parameter", "min", "max", "bits"));
        int controller = fields.whole("controller", 0, ControlMapping.CONTROLLERS - 1);
        if (!ControlMapping.canMap(controller)) {
            throw fields.error(prefix + "controller", controller + "", "one without a meaning of its own, such as 74");
        }
        String id = fields.text("parameter", "the id of a parameter", "[\\s\\S]*");
        Parameter parameter = Parameters.byId(id);
        if (parameter == null) {
            throw fields.error(prefix + "parameter", id,
                    "one of " + String.join(", ", Parameters.ALL.stream().map(Parameter::id).toList()));
        }
        return new ControlMapping(controller, parameter, (float) fields.number("min", parameter.min(), parameter.max()),
                (float) fields.number("max", parameter.min(), parameter.max()), bits(fields, prefix, controller));
    }

    private static int bits(JsonFields fields, String prefix, int controller) {
        if (fields.optional("bits") == null) {
            return 7;
        }
        int bits = fields.whole("bits", 7, 14);
        if (bits != 7 && !(bits == 14 && ControlMapping.canBeFine(controller))) {
            throw fields.error(prefix + "bits", bits + " of controller " + controller, "7, or 14 of one below 32, such as 20");
        }
        return bits;
    }

    /** Files beside the preset. */
    private static KeyTuning tuning(Path file, JsonElement element) {
        if (element == null) {
            return null;
        }
        JsonFields fields = new JsonFields(file.toString(), "tuning.", element, List.of("scala", "keyboardMap"));
        Path keyboardMap = fields.optional("keyboardMap") == null ? null : beside(file, fields, "keyboardMap");
        return KeyTuning.read(beside(file, fields, "scala"), keyboardMap);
    }

    private static Path beside(Path file, JsonFields fields, String name) {
        String text = fields.text(name, FILE_NAME, FILE_PATTERN);
        try {
            return file.resolveSibling(text);
        } catch (InvalidPathException e) {
            throw fields.error("tuning." + name, text, FILE_NAME);
        }
    }
}
