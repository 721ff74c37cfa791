package org.chanterelle.live;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.inference.InputCalibration;
import org.chanterelle.signal.UserError;

/** The calibrations of a machine's inputs in one JSON file, by the name of the input. Any thread, one at a time. */
public final class InputStore {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path file;

    /** What stands in the file: its fields are those of {@link InputCalibration}, all required. */
    private record Entry(Double gainDb, Double openDb, Double closeDb, Double meanLoudnessDb, Double outputDb) {}

    /** What the file holds. */
    private static final class Contents {
        private Map<String, Entry> inputs = new TreeMap<>();
    }

    /** @param file need not exist yet; its folder is made when something is saved */
    public InputStore(Path file) {
        this.file = file;
    }

    /**
     * The calibration of an input.
     *
     * @throws UserError when the file is damaged
     */
    public Optional<InputCalibration> find(String input) {
        Entry entry = read().inputs.get(input);
        return entry == null ? Optional.empty() : Optional.of(checked(input, entry));
    }

    /**
     * Saves the calibration of an input; others stay as they are. The file is replaced as a whole.
     *
     * @throws UserError when the file is damaged or cannot be written
     */
    public void save(String input, InputCalibration calibration) {
        Contents contents = read();
        contents.inputs.put(
                input,
                new Entry(calibration.gainDb(), calibration.openDb(), calibration.closeDb(), calibration.meanLoudnessDb(),
                        calibration.outputDb()));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UserError(file + ": its folder cannot be made: " + e.getMessage() + ". Change its permissions.", e);
        }
        OutputFile.write(file, true, path -> Files.writeString(path, GSON.toJson(contents) + "\n"));
    }

    private Contents read() {
        try {
            Contents contents = GSON.fromJson(Files.readString(file), Contents.class);
            if (contents == null || contents.inputs == null) {
                throw damaged("no inputs in it", null);
            }
            return contents;
        } catch (NoSuchFileException e) {
            return new Contents();
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Change its permissions.", e);
        } catch (JsonParseException | NumberFormatException e) {
            throw damaged("no valid JSON", e);
        }
    }

    private InputCalibration checked(String input, Entry entry) {
        for (Double value : new Double[] {entry.gainDb, entry.openDb, entry.closeDb, entry.meanLoudnessDb, entry.outputDb}) {
            if (value == null || !Double.isFinite(value)) {
                throw damaged("a level of input '" + input + "' is missing or no number", null);
            }
        }
        if (entry.closeDb > entry.openDb) {
            throw damaged("the gate of input '" + input + "' closes above the level at which it opens", null);
        }
        return new InputCalibration(entry.gainDb, entry.openDb, entry.closeDb, entry.meanLoudnessDb, entry.outputDb);
    }

    private UserError damaged(String what, Throwable cause) {
        return new UserError(file + ": damaged: " + what + ". Remove it and calibrate again.", cause);
    }
}
