package org.chanterelle.preset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.signal.UserError;

/** A folder of presets, one in each file {@code NAME.json}. */
public record PresetFolder(Path path) {
    private static final String SUFFIX = ".json";
    private static final long MAX_BYTES = 64 << 10;

    /** The files of presets, by name; none when the folder is missing. Reads none of them. */
    public List<Path> files() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(PresetFolder::nameOf)).toList();
        } catch (IOException e) {
            throw new UserError(path + ": cannot be listed: " + e.getMessage() + ". Change its permissions", e);
        }
    }

    /** The names that {@link #load} finds here. */
    public List<String> names() {
        return files().stream().map(PresetFolder::nameOf).toList();
    }

    /** All presets here, by name. Throws UserError when one is damaged. */
    public List<Preset> all() {
        return files().stream().map(PresetFolder::read).toList();
    }

    /**
     * The preset of a name, or in the file of a path (anything with a slash, or ending in .json).
     *
     * @throws UserError when there is none, or it is damaged
     */
    public Preset load(String nameOrPath) {
        if (nameOrPath.contains("/") || nameOrPath.endsWith(SUFFIX)) {
            return read(Path.of(nameOrPath));
        }
        List<String> names = names();
        if (!names.contains(nameOrPath)) {
            String known = names.isEmpty() ? "there are none in " + path : "there are " + String.join(", ", names);
            throw new UserError(
                    "--preset " + nameOrPath + ": no such preset; " + known
                            + ". Give one of these or the path of a preset's file");
        }
        return read(path.resolve(nameOrPath + SUFFIX));
    }

    /** Throws UserError when no preset of this name can be saved here. */
    public void checkFree(String name, boolean force) {
        OutputFile.check(path.resolve(name + SUFFIX), force);
    }

    /** Saves a preset here under its name and returns the file. Throws UserError when it exists and {@code force} is false. */
    public Path save(Preset preset, boolean force) {
        Path file = path.resolve(preset.name() + SUFFIX);
        save(preset, file, force);
        return file;
    }

    /**
     * Saves a preset in a file, which must be called like it.
     *
     * @throws UserError when it is not, when the file exists and {@code force} is false, or cannot be written
     */
    public static void save(Preset preset, Path file, boolean force) {
        OutputFile.check(file, force);
        checkName(file, preset);
        if (preset.tuning() != null) {
            copyBeside(file, preset.tuning().scala(), force);
            copyBeside(file, preset.tuning().keyboardMap(), force);
        }
        String json = PresetJson.write(preset);
        checkName(file, PresetJson.read(file, json));
        OutputFile.write(file, force, partial -> Files.writeString(partial, json));
    }

    /** A preset names its tuning's files without a folder. */
    private static void copyBeside(Path file, Path source, boolean force) {
        if (source == null) {
            return;
        }
        Path target = file.resolveSibling(source.getFileName());
        try {
            if (!Files.exists(target) || Files.mismatch(source, target) >= 0) {
                OutputFile.write(target, force, partial -> Files.copy(source, partial, StandardCopyOption.REPLACE_EXISTING));
            }
        } catch (IOException e) {
            throw new UserError(target + ": cannot be compared with " + source + ": " + e.getMessage() + ". Check both", e);
        }
    }

    /** Reads and checks one file. */
    public static Preset read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UserError(file + ": " + Files.size(file) + " bytes; expected a preset of at most " + MAX_BYTES
                        + ". Give another file");
            }
            Preset preset = PresetJson.read(file, Files.readString(file));
            checkName(file, preset);
            return preset;
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": no such preset. See 'chanterelle presets'", e);
        } catch (CharacterCodingException e) {
            throw new UserError(file + ": not a preset: its text is not UTF-8. Give another file", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Give another file", e);
        }
    }

    private static void checkName(Path file, Preset preset) {
        if (!nameOf(file).equals(preset.name())) {
            throw new UserError(file + ": name is " + preset.name() + "; expected " + nameOf(file)
                    + ", as the file is called. Rename one of them");
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
