package org.chanterelle.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.signal.UserError;

/** {@code --stats}: figures of a session, one JSON object a line, the last one the session's end. It grows in place, to be followed. */
final class StatsFile implements AutoCloseable {
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .registerTypeAdapter(Double.class, new FiniteNumbers())
            .create();

    private final Path file;
    private final Writer writer;
    private boolean failed;

    /** Opens it. Throws UserError when it exists without {@code force}, or cannot be written. */
    StatsFile(Path file, boolean force) {
        this.file = file;
        OutputFile.check(file, force);
        try {
            writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be written: " + e.getMessage() + ". Give another --stats.", e);
        }
    }

    /** One line, with its end. */
    static String line(Map<String, Object> figures) {
        return GSON.toJson(figures) + "\n";
    }

    /** Writes a line; returns why it could not, once, and is silent from then on; null when all is well. */
    String add(Map<String, Object> figures) {
        if (failed) {
            return null;
        }
        try {
            writer.write(line(figures));
            writer.flush();
            return null;
        } catch (IOException e) {
            failed = true;
            return file + ": cannot be written any more: " + e.getMessage() + "; the sound goes on";
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            // The last line was flushed when it was written; there is nothing left to lose.
            failed = true;
        }
    }
}
