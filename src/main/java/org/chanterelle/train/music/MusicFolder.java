package org.chanterelle.train.music;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;

/**
 * A folder that {@code prepare music} made: recordings and their index.
 *
 * @param path the folder
 * @param entries all, in the order of the index
 */
public record MusicFolder(Path path, List<MusicEntry> entries) {
    /** The index, written last. */
    public static final String INDEX = "music.json";

    private static final int FORMAT_VERSION = 1;
    private static final long MAX_INDEX_BYTES = 1L << 28;
    private static final int MAX_LYRICS = 1 << 20;
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private record Index(int formatVersion, MusicEntry[] entries) {}

    /** Whether a folder has such an index. */
    public static boolean is(Path folder) {
        return Files.exists(folder.resolve(INDEX));
    }

    /**
     * Opens a folder.
     *
     * @throws UserError when it holds no index, or a damaged one
     */
    public static MusicFolder open(Path folder) {
        Path file = folder.resolve(INDEX);
        try {
            if (Files.size(file) > MAX_INDEX_BYTES) {
                throw new UserError(file + ": too large to be an index of music. Run prepare music again");
            }
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            Index index = GSON.fromJson(json, Index.class);
            if (index.formatVersion != FORMAT_VERSION || index.entries == null || index.entries.length == 0) {
                throw new UserError(file + ": no music of format " + FORMAT_VERSION + " in it. Run prepare music again");
            }
            for (MusicEntry entry : index.entries) {
                check(file, entry);
            }
            return new MusicFolder(folder, List.of(index.entries));
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": not found; expected a folder made by 'chanterelle prepare music'", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Check its permissions", e);
        } catch (JsonParseException | IllegalStateException e) {
            throw new UserError(file + ": damaged; expected an index of music. Run prepare music again", e);
        }
    }

    private static void check(Path file, MusicEntry entry) {
        boolean sound = entry != null && entry.set() != null && isInside(entry.file()) && isText(entry.artist())
                && entry.title() != null && entry.genres() != null && !entry.genres().isEmpty()
                && entry.genres().stream().allMatch(MusicFolder::isText)
                && entry.lyrics() != null && entry.lyrics().length() <= MAX_LYRICS && entry.startSeconds() >= 0
                && entry.seconds() > 0 && entry.totalSeconds() >= entry.seconds() - 1e-3
                && entry.midi() != null && (entry.midi().isEmpty() || isInside(entry.midi()));
        if (!sound) {
            throw new UserError(file + ": " + (entry == null ? "an empty entry" : entry.file())
                    + " is not a complete entry. Run prepare music again");
        }
    }

    /** File names come from the index: none may lead out of the folder. */
    private static boolean isInside(String name) {
        return isText(name) && !name.startsWith("/") && !Path.of(name).normalize().startsWith("..");
    }

    private static boolean isText(String text) {
        return text != null && !text.isBlank() && text.length() <= 1000;
    }

    /** Writes the index, replacing one that is there. */
    static void write(Path folder, List<MusicEntry> entries) {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("formatVersion", FORMAT_VERSION);
        index.put("entries", entries);
        OutputFile.write(folder.resolve(INDEX), true, partial -> Files.writeString(partial, GSON.toJson(index) + "\n"));
    }

    /** All of a set. */
    public List<MusicEntry> entries(NoteSet set) {
        return entries.stream().filter(entry -> entry.set() == set).toList();
    }

    /** Where an entry's recording lies. */
    public Path audio(MusicEntry entry) {
        return path.resolve(entry.file());
    }
}
