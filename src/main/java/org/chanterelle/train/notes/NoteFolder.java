package org.chanterelle.train.notes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.signal.UserError;

/**
 * Notes to train from: one folder with an index and sound for each set, as NSynth has them ({@code train/examples.json},
 * {@code train/audio/NAME.wav}), or one index for all beside the sets' folders, or one set only, which is then split by
 * {@link NoteSplit}. Sound is {@code audio/NAME} or {@code NAME} beside the index, {@code .wav} or {@code .flac}. Immutable.
 */
public final class NoteFolder {
    /** Rate of all notes. */
    public static final int RATE_HZ = 16_000;

    /** Length of a note in audio frames: four seconds. */
    public static final int FRAMES = 4 * RATE_HZ;

    private final Path path;
    private final Map<NoteSet, List<NoteEntry>> sets;
    private final Map<String, Path> sound = new HashMap<>();
    private final NoteClasses classes;

    private NoteFolder(Path path, Map<NoteSet, List<NoteEntry>> sets, NoteClasses classes) {
        this.path = path;
        this.sets = sets;
        this.classes = classes;
    }

    /**
     * Opens and checks a folder; reads no sound yet.
     *
     * @param seed of the split, where the folder has one set only
     * @throws UserError in one line: a damaged index, a missing sound file, a wrong rate, a note in two sets, or one whose instrument
     *     or velocity training has not
     */
    public static NoteFolder open(Path folder, long seed) {
        if (!Files.isDirectory(folder)) {
            throw new UserError(folder + ": no such folder. Make one with 'chanterelle prepare notes', or name a folder in"
                    + " NSynth's layout");
        }
        Map<NoteSet, List<NoteEntry>> sets = new EnumMap<>(NoteSet.class);
        Map<NoteSet, NoteIndex> indexes = new EnumMap<>(NoteSet.class);
        boolean single = Files.exists(folder.resolve(NoteIndex.NAME)) || !hasSets(folder);
        if (single) {
            NoteIndex index = NoteIndex.read(folder.resolve(NoteIndex.NAME));
            sets.putAll(told(index));
            sets.keySet().forEach(set -> indexes.put(set, index));
        } else {
            for (NoteSet set : NoteSet.values()) {
                Path file = folder.resolve(set.folder()).resolve(NoteIndex.NAME);
                if (set == NoteSet.TRAIN || Files.exists(file)) {
                    indexes.put(set, NoteIndex.read(file));
                    sets.put(set, indexes.get(set).entries());
                }
            }
        }
        checkRates(sets, indexes);
        checkDisjoint(sets, indexes);
        Map<NoteSet, List<NoteEntry>> split = sets.size() == 1 ? NoteSplit.of(sets.get(NoteSet.TRAIN), seed) : sets;
        NoteFolder notes = new NoteFolder(folder, split, NoteClasses.of(split.get(NoteSet.TRAIN)));
        notes.checkClasses();
        sets.forEach((set, entries) -> notes.findSound(set, entries, indexes.get(set).file().getParent()));
        return notes;
    }

    /** Notes of one set; empty if the folder has none. */
    public List<NoteEntry> notes(NoteSet set) {
        return sets.getOrDefault(set, List.of());
    }

    /** What training tells apart. */
    public NoteClasses classes() {
        return classes;
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /**
     * A note's sound, one channel.
     *
     * @param note of this folder
     * @return {@link #FRAMES} audio frames; what a file has beyond them is left out
     * @throws UserError when the file is damaged, too short or has another rate
     */
    public float[] load(NoteEntry note) {
        Path file = Objects.requireNonNull(sound.get(note.name()), note.name());
        AudioClip clip = AudioReader.read(file);
        if (clip.sampleRateHz() != RATE_HZ) {
            throw new UserError(
                    file + ": " + clip.sampleRateHz() + " Hz; expected " + RATE_HZ
                            + " Hz. Resample the notes or make them again");
        }
        if (clip.frames() < FRAMES) {
            throw new UserError(file + ": too short: " + clip.frames() + " audio frames; expected " + FRAMES
                    + " (4 s). Make the note again");
        }
        return Arrays.copyOf(clip.mono(), FRAMES);
    }

    private static boolean hasSets(Path folder) {
        return Stream.of(NoteSet.values()).anyMatch(set -> Files.exists(folder.resolve(set.folder()).resolve(NoteIndex.NAME)));
    }

    /** The sets that an index of all tells; all notes for training if it tells none. */
    private static Map<NoteSet, List<NoteEntry>> told(NoteIndex index) {
        Map<NoteSet, List<NoteEntry>> sets = new EnumMap<>(NoteSet.class);
        for (NoteEntry note : index.entries()) {
            NoteSet set = note.set().isEmpty()
                    ? NoteSet.TRAIN
                    : NoteSet.named(note.set()).orElseThrow(() -> new UserError(index.file() + ": note " + note.name()
                            + ": split is " + note.set() + "; expected train, valid or test. Correct the index"));
            sets.computeIfAbsent(set, key -> new ArrayList<>()).add(note);
        }
        if (!sets.containsKey(NoteSet.TRAIN)) {
            throw new UserError(index.file() + ": no note is for training. Put some into the split 'train'");
        }
        sets.replaceAll((set, entries) -> List.copyOf(entries));
        return sets;
    }

    private static void checkRates(Map<NoteSet, List<NoteEntry>> sets, Map<NoteSet, NoteIndex> indexes) {
        sets.forEach((set, entries) -> entries.stream().filter(note -> note.sampleRateHz() != RATE_HZ).findFirst()
                .ifPresent(note -> {
                    throw new UserError(indexes.get(set).file() + ": note " + note.name() + ": sample_rate is "
                            + note.sampleRateHz() + "; expected " + RATE_HZ + ". Resample the notes or make them again");
                }));
    }

    private static void checkDisjoint(Map<NoteSet, List<NoteEntry>> sets, Map<NoteSet, NoteIndex> indexes) {
        Map<String, NoteSet> seen = new HashMap<>();
        sets.forEach((set, entries) -> entries.forEach(note -> {
            NoteSet other = seen.put(note.name(), set);
            if (other != null) {
                throw new UserError(indexes.get(set).file() + ": note " + note.name() + " is in " + other.folder() + " and in "
                        + set.folder() + ". Remove it from one");
            }
        }));
    }

    private void checkClasses() {
        sets.forEach((set, entries) -> entries.forEach(note -> {
            String where = path.resolve(set.folder()) + ": note " + note.name() + ": ";
            if (classes.instrument(note.instrument()) < 0) {
                throw new UserError(where + "unknown instrument " + note.instrument() + ": no training note has it. NSynth's own"
                        + " sets share no instruments: name its training folder alone, it is then split by pitch");
            }
            if (classes.velocity(note.velocity()) < 0) {
                throw new UserError(where + "unknown velocity " + note.velocity() + "; training has " + classes.velocities()
                        + ". Remove the note or add such notes to train");
            }
        }));
    }

    private void findSound(NoteSet set, List<NoteEntry> entries, Path folder) {
        Map<String, Path> files = new HashMap<>();
        for (Path place : List.of(folder, folder.resolve("audio"), folder.resolve(set.folder()),
                folder.resolve(set.folder()).resolve("audio"))) {
            listSound(place, files);
        }
        for (NoteEntry note : entries) {
            Path file = files.get(note.name());
            if (file == null) {
                throw new UserError(folder.resolve("audio").resolve(note.name() + ".wav") + ": the index names this note, but its"
                        + " sound file is missing. Copy the folder again, or run the command that made it again");
            }
            sound.put(note.name(), file);
        }
    }

    /** All sound files of a folder by their names without ending: one listing is quicker than a question for each of 300,000 notes. */
    private static void listSound(Path folder, Map<String, Path> files) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(file -> {
                String name = file.getFileName().toString();
                if (name.endsWith(".wav") || name.endsWith(".flac")) {
                    files.put(name.substring(0, name.lastIndexOf('.')), file);
                }
            });
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be listed: " + e.getMessage() + ". Check its permissions", e);
        }
    }
}
