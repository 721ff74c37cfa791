package org.chanterelle.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.chanterelle.live.SoundCache;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.mel2mel.Mel2MelFolder;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.preset.PresetFolder;
import org.chanterelle.signal.UserError;

/** Where the installed models and presets lie: under the system property {@code chanterelle.home}, which the launcher sets. */
final class Home {
    /** Some twenty SING instruments of the shipped size; a timbre model takes a few megabytes. */
    private static final long MAX_CACHE_BYTES = 1L << 30;

    private static final String PROPERTY = "chanterelle.home";

    private Home() {}

    /** The folder of the shipped models. */
    static Path models() {
        return home().resolve("models");
    }

    /** The folder of the shipped presets. */
    static PresetFolder presets() {
        return new PresetFolder(home().resolve("presets"));
    }

    /** Where what is computed ahead for sounds is kept, in the user's cache. */
    static SoundCache sounds() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path folder = cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return new SoundCache(folder.resolve("chanterelle").resolve("notes"), MAX_CACHE_BYTES);
    }

    private static Path home() {
        return Path.of(System.getProperty(PROPERTY, ""));
    }

    /** All folders in {@link #models()} that hold a card, by name. */
    static List<Path> modelFolders() {
        if (!Files.isDirectory(models())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(models())) {
            return folders.filter(folder -> Files.exists(folder.resolve(ModelFolder.CARD))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Loads a timbre model by the path of its folder or by its name; {@code violin} also finds {@code violin-16k}, of several such the
     * last.
     *
     * @throws UserError when there is none, or it is damaged
     */
    static ModelFolder model(String nameOrPath) {
        return ModelFolder.load(folder(nameOrPath));
    }

    /** Loads a SING model likewise. */
    static SingFolder sing(String nameOrPath) {
        return SingFolder.load(folder(nameOrPath));
    }

    /** Loads a Mel2Mel model likewise. */
    static Mel2MelFolder mel2mel(String nameOrPath) {
        return Mel2MelFolder.load(folder(nameOrPath));
    }

    /** The folder of a model, found as {@link #model} does. */
    static Path folder(String nameOrPath) {
        Path path = Path.of(nameOrPath);
        if (nameOrPath.contains("/") || Files.isDirectory(path)) {
            return path;
        }
        Path found = null;
        for (Path folder : modelFolders()) {
            String name = folder.getFileName().toString();
            if (name.equals(nameOrPath)) {
                return folder;
            }
            found = name.startsWith(nameOrPath + "-") ? folder : found;
        }
        if (found == null) {
            List<String> names = modelFolders().stream().map(f -> f.getFileName().toString()).toList();
            String known = names.isEmpty() ? "none is installed in " + models() : "there are " + String.join(", ", names);
            throw new UserError(
                    "--model " + nameOrPath + ": no such model; " + known + ". Give one of these or the path of a model folder.");
        }
        return found;
    }
}
