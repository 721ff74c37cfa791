package org.chanterelle.train.scores;

import com.google.gson.Gson;
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
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.audiofile.MidiScore;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;

/** A folder that {@code prepare scores} made: index, MIDI files, log-mel spectrograms as float16, and maybe the sound. Immutable. */
public final class ScoreFolder {
    /** The index, written last. */
    public static final String INDEX = "index.json";

    static final String MEL = "mel";
    private static final int FORMAT_VERSION = 1;
    private static final long MAX_INDEX_BYTES = 1L << 28;
    private static final double MAX_SECONDS = 3600;
    private static final String NAME = "[\\p{L}\\p{N}_+,()# .-]{1,200}";

    private final Path path;
    private final List<ScoreEntry> entries;

    private ScoreFolder(Path path, List<ScoreEntry> entries) {
        this.path = path;
        this.entries = entries;
    }

    /**
     * Opens a folder.
     *
     * @throws UserError when it holds no index, or a damaged one
     */
    public static ScoreFolder open(Path folder) {
        Path file = folder.resolve(INDEX);
        try {
            if (Files.size(file) > MAX_INDEX_BYTES) {
                throw new UserError(file + ": too large to be an index of scores. Run prepare scores again");
            }
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            ScoreEntry[] entries = new Gson().fromJson(json.get("entries"), ScoreEntry[].class);
            if (entries == null || entries.length == 0 || json.get("formatVersion").getAsInt() != FORMAT_VERSION) {
                throw new UserError(file + ": no scores of format " + FORMAT_VERSION + " in it. Run prepare scores again");
            }
            for (ScoreEntry entry : entries) {
                check(file, entry);
            }
            return new ScoreFolder(folder, List.of(entries));
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": not found; expected a folder made by 'chanterelle prepare scores'", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Check its permissions", e);
        } catch (JsonParseException | IllegalStateException | NullPointerException | NumberFormatException e) {
            throw new UserError(file + ": damaged; expected an index of scores. Run prepare scores again", e);
        }
    }

    /** File names come from the index: none may lead out of the folder. */
    private static void check(Path file, ScoreEntry entry) {
        boolean sound = entry != null && entry.set() != null && isName(entry.name()) && isName(entry.piece())
                && isName(entry.instrument()) && entry.program() >= 0 && entry.program() <= 127
                && entry.startSeconds() >= 0 && entry.startSeconds() <= MidiFile.MAX_SECONDS
                && entry.seconds() > 0 && entry.seconds() <= MAX_SECONDS;
        if (!sound) {
            throw new UserError(file + ": " + entry + " is no entry of scores. Run prepare scores again");
        }
    }

    private static boolean isName(String name) {
        return name != null && name.matches(NAME) && !name.startsWith(".");
    }

    static void write(Path folder, List<ScoreEntry> entries) {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("formatVersion", FORMAT_VERSION);
        index.put("entries", entries);
        org.chanterelle.audiofile.OutputFile.write(folder.resolve(INDEX), true,
                partial -> Files.writeString(partial, new Gson().toJson(index) + "\n"));
    }

    /** All of a set, in the order of the index. */
    public List<ScoreEntry> entries(NoteSet set) {
        return entries.stream().filter(entry -> entry.set() == set).toList();
    }

    /** Names of all instruments with their programs, in the order of their first appearance. */
    public Map<String, Integer> instruments() {
        Map<String, Integer> instruments = new LinkedHashMap<>();
        entries.forEach(entry -> instruments.putIfAbsent(entry.instrument(), entry.program()));
        return instruments;
    }

    static Path midi(Path folder, String piece) {
        return folder.resolve("midi").resolve(piece + ".mid");
    }

    static Path mel(Path folder, ScoreEntry entry) {
        return folder.resolve(MEL).resolve(entry.instrument()).resolve(entry.name() + ".safetensors");
    }

    static Path audio(Path folder, ScoreEntry entry) {
        return folder.resolve("audio").resolve(entry.instrument()).resolve(entry.name() + ".flac");
    }

    /** The notes of an entry, its beginning at 0. */
    public List<ScoreNote> notes(ScoreEntry entry) {
        return ScorePiece.crop(MidiScore.of(MidiFile.read(midi(path, entry.piece()))).notes(), entry);
    }

    /** The notes of several entries; each MIDI file is read once. */
    public List<List<ScoreNote>> notes(List<ScoreEntry> some) {
        Map<String, List<ScoreNote>> pieces = new LinkedHashMap<>();
        return some.stream().map(entry -> ScorePiece.crop(
                pieces.computeIfAbsent(entry.piece(), piece -> MidiScore.of(MidiFile.read(midi(path, piece))).notes()), entry))
                .toList();
    }

    /** The log-mel spectrogram of an entry, see {@link MelSpectrum}; shape (rows, 80) in one array. */
    public float[] mel(ScoreEntry entry) {
        Path file = mel(path, entry);
        Tensor mel = Safetensors.read(file).get(MEL);
        if (mel == null || mel.shape().length != 2 || mel.shape()[1] != MelSpectrum.BANDS) {
            throw new UserError(file + ": holds no spectrogram of " + MelSpectrum.BANDS + " bands. Run prepare scores again");
        }
        return mel.values();
    }

    /** The sound of an entry at 16 kHz; throws UserError where it was not kept. */
    public float[] audio(ScoreEntry entry) {
        Path file = audio(path, entry);
        if (!Files.exists(file)) {
            throw new UserError(file + ": not found; these scores were prepared without sound. Prepare them with it");
        }
        return AudioReader.read(file).mono();
    }
}
