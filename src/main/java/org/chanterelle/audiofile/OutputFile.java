package org.chanterelle.audiofile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.chanterelle.signal.UserError;

/** Writes a file so that it is there whole or not at all: beside its final name first, renamed when complete. */
public final class OutputFile {
    /** Being written now: removed even if the programme is interrupted. */
    private static final Set<Path> PARTIAL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> PARTIAL.forEach(path -> path.toFile().delete()), "unfinished-files"));
    }

    private OutputFile() {}

    /** What writes the contents. */
    @FunctionalInterface
    public interface Body {
        /** Writes the whole file at {@code partial}, a new empty file in the target's folder. */
        void writeTo(Path partial) throws IOException;
    }

    /** Throws UserError if {@code target} cannot be written; worth calling before long work. */
    public static void check(Path target, boolean force) {
        Path folder = folderOf(target);
        if (Files.isDirectory(target)) {
            throw new UserError(target + ": expected the name of a file to write, found a directory. Name a file in it.");
        }
        if (Files.exists(target) && !force) {
            throw new UserError(target + ": exists already and is not overwritten. Give --force or another name.");
        }
        if (!Files.exists(folder)) {
            throw new UserError(target + ": its folder " + folder + " does not exist. Create it or name another.");
        }
        if (!Files.isDirectory(folder)) {
            throw new UserError(target + ": " + folder + " is not a folder. Name another.");
        }
        if (!Files.isWritable(folder)) {
            throw unwritable(target, null);
        }
    }

    /**
     * Writes {@code target} by {@code body}. After any failure nothing is left behind, and an existing file is as it was. Throws UserError
     * if the target exists and {@code force} is false, if its folder cannot be written to, or if writing fails.
     */
    public static void write(Path target, boolean force, Body body) {
        check(target, force);
        Path partial = partialOf(target);
        PARTIAL.add(partial);
        try {
            create(target, partial);
            body.writeTo(partial);
            complete(partial, target);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new UserError(1,
                    target + ": writing failed: " + reason + ". Nothing was left behind; free some space or write elsewhere.", e);
        } finally {
            remove(partial);
        }
    }

    /** A new name beside the target, for what is written bit by bit and has to survive whatever happens. */
    public static Path partialOf(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /** Gives a whole file its final name. */
    public static void complete(Path partial, Path target) throws IOException {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void create(Path target, Path partial) throws IOException {
        try {
            Files.createFile(partial);
        } catch (AccessDeniedException | NoSuchFileException | ReadOnlyFileSystemException e) {
            throw unwritable(target, e);
        }
    }

    private static void remove(Path partial) {
        try {
            Files.deleteIfExists(partial);
            PARTIAL.remove(partial);
        } catch (IOException e) {
            throw new UserError(1,
                    partial + ": this unfinished file could not be removed: " + e.getMessage() + ". Remove it by hand.", e);
        }
    }

    private static UserError unwritable(Path target, Exception cause) {
        return new UserError(
                target + ": the folder " + folderOf(target) + " cannot be written to. Change its permissions or name another.",
                cause);
    }

    private static Path folderOf(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        return parent == null ? target : parent;
    }
}
