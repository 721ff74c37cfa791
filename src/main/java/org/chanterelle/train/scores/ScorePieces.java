package org.chanterelle.train.scores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;

/** The MIDI files below a folder, split by piece. */
final class ScorePieces {
    private static final int MAX_FILES = 100_000;
    private static final int DEPTH = 6;
    private static final double HELD_OUT = 0.1;

    private ScorePieces() {}

    /**
     * All pieces, by name. Folders named train, valid and test on a file's way decide its set; where there are none, a tenth of the pieces
     * each is held out for validation and for the test, by the seed. Where there is no test folder, every second piece of valid is for the
     * test.
     *
     * @throws UserError when there are none
     */
    static List<ScorePiece> of(Path folder, long seed) {
        List<Path> files = files(folder);
        boolean split = files.stream().anyMatch(file -> set(folder, file) != null);
        boolean hasTest = files.stream().anyMatch(file -> set(folder, file) == NoteSet.TEST);
        List<ScorePiece> pieces = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int held = 0;
        for (Path file : files) {
            String name = unique(names, file);
            NoteSet set = split ? set(folder, file) : drawn(name, seed);
            if (set == NoteSet.VALID && split && !hasTest && held++ % 2 == 1) {
                set = NoteSet.TEST;
            }
            pieces.add(new ScorePiece(file, name, set == null ? NoteSet.TRAIN : set));
        }
        return pieces;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder, DEPTH)) {
            List<Path> files = walk.filter(ScorePieces::isMidi).sorted().limit(MAX_FILES + 1L).toList();
            if (files.isEmpty()) {
                throw new UserError(folder + ": no MIDI files in it; expected files that end in .mid. Name another folder");
            }
            if (files.size() > MAX_FILES) {
                throw new UserError(folder + ": more than " + MAX_FILES + " MIDI files. Name a smaller folder");
            }
            return files;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new UserError(folder + ": cannot be read: " + e.getMessage() + ". Name a folder of MIDI files", e);
        }
    }

    private static boolean isMidi(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return (name.endsWith(".mid") || name.endsWith(".midi")) && Files.isRegularFile(file) && MidiFile.isMidi(file);
    }

    private static NoteSet set(Path folder, Path file) {
        for (Path part : folder.relativize(file)) {
            for (NoteSet set : NoteSet.values()) {
                if (part.toString().equals(set.folder())) {
                    return set;
                }
            }
        }
        return null;
    }

    private static NoteSet drawn(String name, long seed) {
        double place = new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode()).nextDouble();
        return place < HELD_OUT ? NoteSet.TEST : place < 2 * HELD_OUT ? NoteSet.VALID : NoteSet.TRAIN;
    }

    private static String unique(Set<String> names, Path file) {
        String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "").replaceAll("[^\\p{L}\\p{N}_-]+", "_");
        String base = stem.isEmpty() ? "piece" : stem.substring(0, Math.min(stem.length(), 150));
        String name = base;
        for (int i = 2; !names.add(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }
}
