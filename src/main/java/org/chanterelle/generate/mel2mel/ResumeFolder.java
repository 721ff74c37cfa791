package org.chanterelle.generate.mel2mel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.chanterelle.audiofile.OutputFile;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.UserError;

/** A folder beside an output file with what is rendered of it, as long as it is not whole. */
public final class ResumeFolder implements WindowStore {
    private static final String SUFFIX = ".safetensors";
    private static final String VALUES = "values";

    private final Path folder;

    private ResumeFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder of an output file for one request. What other requests have left beside the file is removed.
     *
     * @param files files that the output depends on
     * @param settings all else that it depends on
     */
    public static ResumeFolder of(Path out, List<Path> files, String settings) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(settings.getBytes(StandardCharsets.UTF_8));
            for (Path file : files) {
                digest.update(Files.readAllBytes(file));
            }
            String prefix = "." + out.getFileName() + ".resume-";
            Path folder = out.toAbsolutePath().resolveSibling(prefix + HexFormat.of().formatHex(digest.digest(), 0, 8));
            try (var siblings = Files.newDirectoryStream(folder.getParent(),
                    path -> path.getFileName().toString().startsWith(prefix) && !path.equals(folder))) {
                for (Path sibling : siblings) {
                    new ResumeFolder(sibling).delete();
                }
            }
            Files.createDirectories(folder);
            return new ResumeFolder(folder);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UserError(out + ": cannot be prepared: " + e.getMessage() + ". Check the folder and its permissions", e);
        }
    }

    @Override
    public float[] load(String name, int length) {
        Path file = folder.resolve(name + SUFFIX);
        if (!Files.exists(file)) {
            return null;
        }
        Tensor values = Safetensors.read(file).get(VALUES);
        return values == null || values.values().length != length ? null : values.values();
    }

    @Override
    public void save(String name, float[] values) {
        OutputFile.write(folder.resolve(name + SUFFIX), true, partial -> {
            try (var out = Files.newOutputStream(partial)) {
                Safetensors.write(out, Map.of(VALUES, new Tensor(new int[] {values.length}, values)),
                        Safetensors.Precision.F32);
            }
        });
    }

    /** Removes the folder, once the output is whole. */
    public void delete() {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be removed: " + e.getMessage() + ". Remove it", e);
        }
    }
}
