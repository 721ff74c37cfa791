package org.chanterelle.generate.jukebox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.generate.codes.CodeFile;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;

/**
 * A folder beside the output, {@code OUT.job}: the request, the codes of each level and sample so far, and their sound. The files of
 * codes are the checkpoint; each is replaced as a whole. It stays when the work is done, for listening and for {@code --upsample}.
 */
public final class JobFolder implements AutoCloseable {
    private static final String REQUEST = "request.txt";
    private static final String FINISHING = "finishing";
    private static final String LOCK = ".lock";
    /** Left by a process that was killed while it wrote. */
    private static final String PART = ".part";
    private static final long MAX_REQUEST_BYTES = 1 << 20;

    private final Path path;
    private FileChannel lockFile;

    /** That of an output file; nothing is made or read yet. */
    public JobFolder(Path out) {
        path = out.resolveSibling(out.getFileName() + ".job");
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /**
     * Makes the folder or opens that of a stopped work, for this process alone.
     *
     * @param request all that decides the output, line by line
     * @param force begins anew where the folder holds another request's work
     * @return whether there is no work yet
     * @throws UserError when it does and {@code force} is false, when another process works there, or it cannot be written to
     */
    public boolean open(String request, boolean force) {
        try {
            Files.createDirectories(path);
            lock();
            for (Path file : files()) {
                if (file.getFileName().toString().endsWith(PART)) {
                    Files.delete(file);
                }
            }
            Path file = path.resolve(REQUEST);
            String found = Files.exists(file) && Files.size(file) <= MAX_REQUEST_BYTES ? Files.readString(file) : "";
            if (!found.equals(request)) {
                if (!isEmpty() && !force) {
                    close();
                    throw new UserError(path + ": holds the work of another request (" + difference(found, request)
                            + "). Give --force to begin anew or another name");
                }
                clear();
                OutputFile.write(file, true, partial -> Files.writeString(partial, request));
            }
            return files().size() == 1;
        } catch (IOException e) {
            throw new UserError(path + ": cannot be prepared: " + e.getMessage() + ". Check the folder and its permissions", e);
        }
    }

    private void lock() throws IOException {
        lockFile = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            throw busy(e);
        }
        if (lock == null) {
            throw busy(null);
        }
    }

    private UserError busy(Exception cause) {
        close();
        return new UserError(path + ": another process works there. Wait for it or give another name", cause);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(path)) {
            return files.filter(file -> !file.getFileName().toString().equals(LOCK)).toList();
        }
    }

    private boolean isEmpty() throws IOException {
        return files().isEmpty();
    }

    private void clear() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    private static String difference(String found, String request) {
        List<String> now = request.lines().toList();
        return found.lines().filter(line -> !now.contains(line)).findFirst().map(line -> "its " + line).orElse("an older one");
    }

    /** Where a level's codes of a sample lie, counted from 0. */
    public Path codes(String level, int sample) {
        return path.resolve(level + "-" + (sample + 1) + ".codes");
    }

    /** Where their sound lies. */
    public Path sound(String level, int sample) {
        return path.resolve(level + "-" + (sample + 1) + ".wav");
    }

    /** Where a result is written before it goes to its place. */
    Path result(Path out) {
        return path.resolve("result-" + out.getFileName());
    }

    /** Writes the first {@code done} codes of each sample. */
    void save(String level, VqVaeFolder model, int[][] codes, int done) {
        for (int sample = 0; sample < codes.length; sample++) {
            CodeFile.write(codes(level, sample), model, codes[sample], done);
        }
    }

    /**
     * How many codes of each sample {@link #save} has written. Where it was stopped between two samples, the fewest count.
     *
     * @throws UserError when a file is damaged or of another model
     */
    int done(String level, VqVaeFolder model, int samples) {
        long done = Integer.MAX_VALUE;
        for (int sample = 0; sample < samples; sample++) {
            Path file = codes(level, sample);
            if (!Files.exists(file)) {
                return 0;
            }
            try (CodeFile opened = CodeFile.open(file)) {
                opened.header().checkModel(file, model);
                done = Math.min(done, opened.header().codes());
            } catch (UserError | IOException e) {
                throw new UserError(file + ": this checkpoint is damaged. Remove it to have its codes drawn again", e);
            }
        }
        return (int) done;
    }

    /** Reads the first {@code done} codes of each sample. */
    void load(String level, int[][] codes, int done) {
        for (int sample = 0; done > 0 && sample < codes.length; sample++) {
            System.arraycopy(CodeFile.read(codes(level, sample), done), 0, codes[sample], 0, done);
        }
    }

    /** Whether outputs were being written when the work was stopped: those that are there are its own. */
    public boolean isFinishing() {
        return Files.exists(path.resolve(FINISHING));
    }

    /** Tells that outputs are being written from now on. */
    void beginFinishing() {
        OutputFile.write(path.resolve(FINISHING), true, partial -> {});
    }

    /** Tells that all outputs are there. */
    void endFinishing() {
        delete(path.resolve(FINISHING));
    }

    /** Removes a file that may be missing. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UserError(1, file + ": cannot be removed: " + e.getMessage() + ". Remove it by hand", e);
        }
    }

    /** Removes the folder of a work that was not begun. */
    public void discard() {
        try {
            clear();
            close();
            Files.delete(path.resolve(LOCK));
            Files.delete(path);
        } catch (IOException e) {
            throw new UserError(1, path + ": cannot be removed: " + e.getMessage() + ". Remove it by hand", e);
        }
    }

    /** Lets others work there. */
    @Override
    public void close() {
        try {
            if (lockFile != null) {
                lockFile.close();
            }
        } catch (IOException e) {
            throw new UserError(1, path.resolve(LOCK) + ": cannot be closed: " + e.getMessage() + ". Check the disk", e);
        }
    }
}
