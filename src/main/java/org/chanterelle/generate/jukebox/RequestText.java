package org.chanterelle.generate.jukebox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;

/** All that decides what is generated, a line each: by it a stopped work is known again. Files stand by their checksums. */
public final class RequestText {
    private static final int BLOCK_BYTES = 1 << 16;

    private RequestText() {}

    /** Throws UserError when a file cannot be read. */
    public static String of(JukeboxModels models, GenerationRequest request) {
        StringBuilder text = new StringBuilder("generation 1\n");
        for (int level = 0; level < models.levels(); level++) {
            VqVaeFolder autoencoder = models.autoencoders().get(level);
            JukeboxModels.PriorAt prior = models.priors().get(level);
            line(text, "autoencoder " + level, String.format("%s %08x", autoencoder.card().name(), autoencoder.checksum()));
            line(text, "prior " + level, prior.card().name() + " " + checksum(prior.path().resolve(ModelFolder.WEIGHTS)));
        }
        line(text, "frames", request.frames());
        line(text, "total frames", request.totalFrames());
        line(text, "samples", request.samples());
        line(text, "seed", request.seed());
        line(text, "temperature", request.filter().temperature());
        line(text, "top-k", request.filter().topK());
        line(text, "top-p", request.filter().topP());
        line(text, "top-p of upsamplers", request.upsamplerFilter().topP());
        line(text, "artist", request.artist());
        line(text, "genres", request.genres());
        CRC32C lyrics = new CRC32C();
        lyrics.update(request.lyrics().getBytes(StandardCharsets.UTF_8));
        line(text, "lyrics", String.format("%d characters %08x", request.lyrics().length(), (int) lyrics.getValue()));
        line(text, "prime", request.prime() == null ? "none" : checksum(request.prime()));
        line(text, "upsample", request.codes() == null ? "none" : checksum(request.codes()));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(": ").append(String.valueOf(value).replaceAll("\\R", " ")).append('\n');
    }

    private static String checksum(Path file) {
        CRC32C crc = new CRC32C();
        byte[] block = new byte[BLOCK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(block); count > 0; count = in.read(block)) {
                crc.update(block, 0, count);
            }
            return String.format("%08x", (int) crc.getValue());
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": not found. Check the path", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + e.getMessage() + ". Check the path and its permissions", e);
        }
    }
}
