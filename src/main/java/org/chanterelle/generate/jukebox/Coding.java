package org.chanterelle.generate.jukebox;

import java.io.IOException;
import java.nio.file.Path;
import org.chanterelle.generate.codes.CodeFile;
import org.chanterelle.generate.codes.Transcoding;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;

/** Recordings to files of codes and back. */
public interface Coding {
    /** By the autoencoders. */
    Coding AUTOENCODERS = new Coding() {
        @Override
        public void encode(Path recording, Path codes, VqVaeFolder model) {
            Transcoding.encode(recording, codes, model, true, share -> {});
        }

        @Override
        public void decode(Path codes, Path out, VqVaeFolder model, boolean force) {
            try (CodeFile file = CodeFile.open(codes)) {
                Transcoding.decode(file, codes, out, model, force, share -> {});
            } catch (IOException e) {
                throw new UserError(1, codes + ": reading failed: " + e.getMessage() + ". Check the disk", e);
            }
        }
    };

    /** Writes the codes of a recording, replacing what is there. */
    void encode(Path recording, Path codes, VqVaeFolder model);

    /** Writes the sound of codes. */
    void decode(Path codes, Path out, VqVaeFolder model, boolean force);
}
