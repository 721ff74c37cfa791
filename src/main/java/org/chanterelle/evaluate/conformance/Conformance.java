package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.signal.UserError;

/** Runs a folder of published test vectors through our classes and writes what comes out; the comparison is the checker's. */
public final class Conformance {
    private static final long MAX_INDEX_BYTES = 1 << 22;

    private Conformance() {}

    /**
     * What was run.
     *
     * @param written cases whose outputs were written
     * @param unsupported cases of operations that nothing here performs
     * @param failed cases that could not be run, each with the reason
     */
    public record Summary(List<String> written, List<String> unsupported, List<String> failed) {}

    /**
     * Reads {@code vectors/index.json} and every case that it lists, and writes {@code out/CASE/OUTPUT.npy} (float64), replacing
     * what is there.
     *
     * @throws UserError when the folder holds no vectors, or when the results cannot be written
     */
    public static Summary run(Path vectors, Path out) {
        Summary summary = new Summary(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String name : index(vectors)) {
            try {
                VectorCase vector = VectorCase.read(inside(vectors, name));
                Optional<Map<String, NpyArray>> outputs = outputs(vector);
                outputs.ifPresent(arrays -> write(inside(out, name), arrays));
                (outputs.isPresent() ? summary.written : summary.unsupported).add(name);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                summary.failed.add(name + ": " + e);
            }
        }
        return summary;
    }

    private static Optional<Map<String, NpyArray>> outputs(VectorCase vector) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return Adapters.run(vector, manager);
        }
    }

    private static List<String> index(Path vectors) {
        Path file = vectors.resolve("index.json");
        try {
            if (Files.size(file) > MAX_INDEX_BYTES) {
                throw new UserError(file + ": larger than an index may be (" + MAX_INDEX_BYTES + " bytes)");
            }
            String[] names = new Gson().fromJson(Files.readString(file), String[].class);
            if (names == null) {
                throw new UserError(file + ": expected a list of cases, found nothing");
            }
            return List.of(names);
        } catch (IOException | JsonParseException e) {
            throw new UserError(file + ": expected a list of cases (" + e.getMessage() + "). Name a folder of test vectors.", e);
        }
    }

    /** The index is a file from elsewhere: it may not name places outside the folder. */
    private static Path inside(Path folder, String name) {
        Path path = folder.resolve(name).normalize();
        if (!path.startsWith(folder.normalize())) {
            throw new UserError(folder.resolve("index.json") + ": case " + name + " lies outside of the folder");
        }
        return path;
    }

    private static void write(Path folder, Map<String, NpyArray> outputs) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be made (" + e.getMessage() + ")", e);
        }
        outputs.forEach(
                (name, array) -> OutputFile.write(folder.resolve(name + ".npy"), true, partial -> NpyFile.write(partial, array)));
    }
}
