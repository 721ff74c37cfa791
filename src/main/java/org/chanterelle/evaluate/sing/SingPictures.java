package org.chanterelle.evaluate.sing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chanterelle.signal.Selection;
import org.chanterelle.evaluate.Page;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteSet;

/** Pictures of a model: its embeddings, and notes that it never heard. */
public final class SingPictures {
    private static final int ROWS = 6;
    private static final String TABLE = "seq.tables.0.weight";

    private SingPictures() {}

    /** Writes {@code instruments.png} and {@code held-out.png} into an existing folder, replacing older ones; returns what it wrote. */
    public static List<Path> write(SingFolder model, NoteFolder notes, Path folder) {
        List<Path> written = new ArrayList<>();
        if (model.card().config().instrumentSize() > 1) {
            Path instruments = folder.resolve("instruments.png");
            Page.write(instruments, () -> EmbeddingPicture.draw(model.card().instruments(), model.weights().get(TABLE)), true);
            written.add(instruments);
        }
        Path heldOut = folder.resolve("held-out.png");
        List<NoteEntry> some = heldOut(model.card().config(), notes);
        if (!some.isEmpty()) {
            Page.write(heldOut, () -> grid(model, notes, some), true);
            written.add(heldOut);
        }
        return written;
    }

    private static java.awt.image.BufferedImage grid(SingFolder model, NoteFolder notes, List<NoteEntry> some) {
        SingConfig config = model.card().config();
        List<HeldOutPicture.Row> rows = new ArrayList<>();
        Optional<SingBlocks> autoencoder = SingBlocks.autoencoder(config, model.path());
        try (SingBlocks sing = new SingBlocks(model)) {
            for (NoteEntry note : some) {
                List<float[]> sounds = new ArrayList<>();
                float[] truth = notes.load(note);
                sounds.add(truth);
                autoencoder.ifPresent(a -> sounds.add(a.reconstruct(truth)));
                sounds.add(sing.render(note.instrument(), note.pitch(), note.velocity()));
                rows.add(new HeldOutPicture.Row(
                        String.format(Locale.ROOT, "%s, pitch %d, velocity %d", note.instrument(), note.pitch(), note.velocity()),
                        sounds));
            }
        } finally {
            autoencoder.ifPresent(SingBlocks::close);
        }
        return HeldOutPicture.draw(
                autoencoder.isPresent() ? List.of("truth", "autoencoder", "SING") : List.of("truth", "SING"), rows);
    }

    /** Notes of the loudest velocity but one, of instruments spread over the list. */
    private static List<NoteEntry> heldOut(SingConfig config, NoteFolder notes) {
        NoteSet set = notes.notes(NoteSet.TEST).isEmpty() ? NoteSet.VALID : NoteSet.TEST;
        int velocity = config.velocities().get(Math.max(0, config.velocities().size() - 2));
        return Selection.spread(notes.notes(set).stream()
                .filter(n -> n.velocity() == velocity && config.instruments().contains(n.instrument()))
                .filter(n -> n.pitch() >= config.lowestPitch() && n.pitch() <= config.highestPitch())
                .toList(), ROWS);
    }
}
