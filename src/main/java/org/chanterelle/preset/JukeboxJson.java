package org.chanterelle.preset;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.chanterelle.preset.Preset.JukeboxChoice;

/** A preset's models of Jukebox as JSON, both ways. */
final class JukeboxJson {
    private static final String LINE = "\\P{Cntrl}{1,200}";
    private static final int MOST_LEVELS = 8;
    private static final int MOST_GENRES = 16;

    private JukeboxJson() {}

    static JukeboxChoice read(String where, JsonFields fields, Preset.Engine engine, Preset.Input input) {
        JsonElement element = fields.optional("jukebox");
        if (engine != Preset.Engine.JUKEBOX) {
            if (element != null) {
                throw fields.error("jukebox", "there", "none, as engine is not jukebox");
            }
            if (input == Preset.Input.NONE) {
                throw fields.error("input", "none", "midi or voice, as engine is not jukebox");
            }
            return null;
        }
        if (element == null) {
            throw fields.error("jukebox", "missing", "an object with the levels' models, as engine is jukebox");
        }
        if (input != Preset.Input.NONE) {
            throw fields.error("input", JsonFields.written(input), "none, as engine is jukebox");
        }
        JsonFields choice = new JsonFields(where, "jukebox.", element, List.of("autoencoders", "priors", "artist", "genres"));
        List<String> autoencoders = lines(choice, "autoencoders", 1, MOST_LEVELS, "models, one a level from the bottom up");
        int levels = autoencoders.size();
        return new JukeboxChoice(autoencoders, lines(choice, "priors", levels, levels, "models, as many as autoencoders"),
                choice.optional("artist") == null ? null : choice.text("artist", "an artist that the models know", LINE),
                choice.optional("genres") == null ? List.of() : lines(choice, "genres", 0, MOST_GENRES, "genres"));
    }

    private static List<String> lines(JsonFields fields, String name, int least, int most, String what) {
        JsonElement element = fields.optional(name);
        List<String> lines = new ArrayList<>();
        if (element != null && element.isJsonArray() && element.getAsJsonArray().size() <= most) {
            for (JsonElement line : element.getAsJsonArray()) {
                if (line.isJsonPrimitive() && line.getAsJsonPrimitive().isString() && line.getAsString().matches(LINE)) {
                    lines.add(line.getAsString());
                }
            }
            if (lines.size() >= least && lines.size() == element.getAsJsonArray().size()) {
                return lines;
            }
        }
        throw fields.error("jukebox." + name, element == null ? "missing" : "something else",
                "a list of " + least + " to " + most + " " + what);
    }

    static JsonObject write(JukeboxChoice choice) {
        JsonObject object = new JsonObject();
        object.add("autoencoders", array(choice.autoencoders()));
        object.add("priors", array(choice.priors()));
        if (choice.artist() != null) {
            object.addProperty("artist", choice.artist());
        }
        if (!choice.genres().isEmpty()) {
            object.add("genres", array(choice.genres()));
        }
        return object;
    }

    private static JsonArray array(List<String> lines) {
        JsonArray array = new JsonArray();
        lines.forEach(array::add);
        return array;
    }
}
