package org.chanterelle.audiofile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.signal.UserError;

/** The lines of a Scala file that are no comments, one after another, and where they are. */
final class ScalaLines {
    private static final long MAX_BYTES = 64 << 10;

    private final Path file;
    private final List<String> lines;
    private int next;

    private ScalaLines(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Throws UserError when a file cannot be read or is too large for a scale. */
    static ScalaLines read(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_BYTES) {
                throw new UserError(file + ": has " + bytes + " bytes; a Scala file is expected to have at most " + MAX_BYTES
                        + ". Give another file");
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return new ScalaLines(file, text.stripTrailing().lines().toList());
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": no such file. Check the name", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Check its permissions", e);
        }
    }

    /** Whether there is another line. */
    boolean hasNext() {
        while (next < lines.size() && lines.get(next).startsWith("!")) {
            next++;
        }
        return next < lines.size();
    }

    /** The next line. */
    String text(String what) {
        if (!hasNext()) {
            throw new UserError(file + ":" + (lines.size() + 1) + ": the file ends; expected " + what + ". Copy it again");
        }
        return lines.get(next++);
    }

    /** The first word of the next line; what stands behind it is commentary. */
    String word(String what) {
        String word = text(what).strip().split("\\s+", 2)[0];
        if (word.isEmpty()) {
            throw error("nothing", what);
        }
        return word;
    }

    /** A whole number in the next line. */
    int whole(String what, int min, int max) {
        String word = word(what);
        try {
            int value = Integer.parseInt(word);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw error(word, what + ", a whole number from " + min + " to " + max);
        }
        throw error(word, what + " from " + min + " to " + max);
    }

    /** What is wrong with the line that was read last. */
    UserError error(String found, String expected) {
        return new UserError(file + ":" + next + ": found " + found + "; expected " + expected + ". Correct the line");
    }
}
