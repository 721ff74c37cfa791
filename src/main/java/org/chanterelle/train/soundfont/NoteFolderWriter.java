package org.chanterelle.train.soundfont;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteIndex;
import org.chanterelle.train.notes.NoteSet;

/** The files of a note folder beside its sound: an index for each set, and {@code source.json}, which tells what it was made from. */
final class NoteFolderWriter {
    private static final String SOURCE = "source.json";
    private static final long MAX_SOURCE_BYTES = 1L << 24;
    private static final int SYNTHETIC = 2;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

    /** Licences of Debian's fonts by what the font says of its copyright or its name; others are quoted. */
    private static final Map<String, String> LICENCES = Map.of(
            "Frank Wen", "MIT (c) 2000-2002, 2008 Frank Wen",
            "MuseScore_General", "MIT (c) S. Christian Collins and others");

    private final Path folder;
    private final RenderSettings settings;
    private final SoundFont font;

    NoteFolderWriter(Path folder, RenderSettings settings, SoundFont font) {
        this.folder = folder;
        this.settings = settings;
        this.font = font;
    }

    /** Makes the folder, or checks that what lies there was begun with the same settings. */
    void begin() {
        Path file = folder.resolve(SOURCE);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                checkSame(file);
                return;
            }
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new UserError(folder + ": holds other files and no " + SOURCE + ". Name a new or an empty folder");
                }
            }
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be used: " + e.getMessage() + ". Name another folder", e);
        }
        write(file, Map.of("settings", settings));
    }

    private void checkSame(Path file) throws IOException {
        if (Files.size(file) > MAX_SOURCE_BYTES) {
            throw new UserError(file + ": too large to be one of ours. Name another folder");
        }
        JsonObject found;
        try {
            JsonElement element = JsonParser.parseString(Files.readString(file));
            found = element.isJsonObject() && element.getAsJsonObject().get("settings") instanceof JsonObject o ? o : null;
        } catch (JsonParseException e) {
            throw new UserError(file + ": damaged. Name another folder", e);
        }
        JsonObject wanted = JsonParser.parseString(GSON.toJson(settings)).getAsJsonObject();
        for (Map.Entry<String, JsonElement> entry : wanted.entrySet()) {
            JsonElement old = found == null ? null : found.get(entry.getKey());
            if (!entry.getValue().equals(old)) {
                throw new UserError(file + ": the notes here were begun with " + entry.getKey() + " " + old + "; now it is "
                        + entry.getValue() + ". Repeat that command or name another folder");
            }
        }
    }

    /** Writes the indexes of the notes whose sound is there, and the source; returns how many each set has. */
    Map<NoteSet, Integer> finish(List<PlannedNote> plan, List<String> silent, SampleSharing sharing) {
        Map<NoteSet, Integer> counts = new EnumMap<>(NoteSet.class);
        Set<String> left = new HashSet<>(silent);
        for (NoteSet set : NoteSet.values()) {
            List<PlannedNote> notes = plan.stream().filter(note -> note.set() == set && !left.contains(note.name())).toList();
            counts.put(set, notes.size());
            if (!notes.isEmpty()) {
                OutputFile.write(folder.resolve(set.folder()).resolve(NoteIndex.NAME), true, partial -> index(partial, notes));
            }
        }
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("settings", settings);
        source.put("soundFontName", font.info("INAM"));
        source.put("copyright", font.info("ICOP"));
        source.put("comment", font.info("ICMT"));
        source.put("licence", licence());
        source.put("renderer", "fluidsynth, no reverb or chorus, 48 kHz resampled to 16 kHz, released after 3 s");
        source.put("notes", counts);
        source.put("silent", silent);
        source.put("sharing", sharing);
        source.put("remark", "Sound fonts play one sample on neighbouring keys: of " + sharing.testPairs()
                + " (instrument, pitch) pairs held out for the test, " + sharing.shared()
                + " play a sample that a training pitch plays, too. The split is that much easier than one of recordings.");
        write(folder.resolve(SOURCE), source);
        return counts;
    }

    private String licence() {
        String told = font.info("ICOP") + " " + font.info("INAM") + " " + settings.soundFont();
        return LICENCES.entrySet().stream().filter(e -> told.contains(e.getKey())).map(Map.Entry::getValue).findFirst()
                .orElse(font.info("ICOP").isEmpty() ? "unknown" : "as the font says: " + font.info("ICOP"));
    }

    private static void write(Path file, Map<String, ?> object) {
        OutputFile.write(file, true, partial -> Files.writeString(partial, GSON.toJson(object) + "\n"));
    }

    private void index(Path file, List<PlannedNote> notes) throws IOException {
        try (JsonWriter json = new JsonWriter(Files.newBufferedWriter(file))) {
            json.setIndent(" ");
            json.beginObject();
            for (int i = 0; i < notes.size(); i++) {
                json.name(notes.get(i).name());
                entry(json, i, notes.get(i));
            }
            json.endObject();
        }
    }

    private void entry(JsonWriter json, int number, PlannedNote note) throws IOException {
        MidiInstrument instrument = note.instrument();
        json.beginObject();
        json.name("note").value(number).name("note_str").value(note.name());
        json.name("instrument").value(settings.programs().indexOf(instrument.name()));
        json.name("instrument_str").value(instrument.name());
        json.name("instrument_family").value(MidiInstrument.FAMILIES.indexOf(instrument.family()));
        json.name("instrument_family_str").value(instrument.family());
        json.name("instrument_source").value(SYNTHETIC).name("instrument_source_str").value("synthetic");
        json.name("pitch").value(note.pitch()).name("velocity").value(note.velocity());
        json.name("sample_rate").value(NoteFolder.RATE_HZ);
        json.name("qualities_str").beginArray().endArray();
        json.name("gm_program").value(instrument.program());
        json.endObject();
    }
}
