package org.chanterelle.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.chanterelle.model.Safetensors;
import org.chanterelle.signal.UserError;

/** A checkpoint on disk: arrays and where the job stands. A kill at any instant leaves this one whole, or the one before. */
public final class CheckpointFiles {
    private static final String PROGRESS = "state.json";
    private static final Gson GSON = new Gson();

    private CheckpointFiles() {}

    /** Writes a checkpoint; no two may have the same step. */
    public static void save(Path folder, long step, CheckpointArrays arrays, Object progress) throws IOException {
        Files.createDirectories(folder);
        Path tensors = tensors(folder, step);
        Path partial = folder.resolve("state.safetensors.part");
        try (var out = Files.newOutputStream(partial)) {
            Safetensors.write(out, arrays.all(), Safetensors.Precision.F32);
        }
        Files.move(partial, tensors, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path json = folder.resolve(PROGRESS + ".part");
        Files.writeString(json, GSON.toJson(progress));
        Files.move(json, folder.resolve(PROGRESS), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        removeOthers(folder, tensors);
    }

    private static void removeOthers(Path folder, Path keep) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "state-*.safetensors")) {
            for (Path file : files) {
                if (!file.equals(keep)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Where the job stands, or null when there is no checkpoint. */
    public static <P> P progress(Path folder, Class<P> type) {
        Path json = folder.resolve(PROGRESS);
        if (!Files.exists(json)) {
            return null;
        }
        try {
            P progress = GSON.fromJson(Files.readString(json), type);
            if (progress == null) {
                throw new JsonParseException("empty");
            }
            return progress;
        } catch (IOException | JsonParseException e) {
            throw unfit(folder, e.getMessage(), e);
        }
    }

    /** What a checkpoint without some part of its progress is answered with. */
    public static UserError incomplete(Path folder) {
        return unfit(folder, "incomplete", null);
    }

    private static UserError unfit(Path folder, String problem, Exception cause) {
        return new UserError(folder.resolve(PROGRESS) + ": cannot go on from this checkpoint: " + problem + ". Delete " + folder
                + " to start afresh", cause);
    }

    /**
     * The arrays at a step.
     *
     * @throws UserError when they are damaged
     */
    public static CheckpointArrays arrays(Path folder, long step) {
        return CheckpointArrays.read(tensors(folder, step));
    }

    private static Path tensors(Path folder, long step) {
        return folder.resolve("state-" + step + ".safetensors");
    }
}
