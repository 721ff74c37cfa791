package org.chanterelle.evaluate.sing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chanterelle.signal.Selection;
import org.chanterelle.model.sing.SingCard;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.model.sing.SingFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteEntry;
import org.chanterelle.train.notes.NoteFolder;
import org.chanterelle.train.notes.NoteSet;

/** Renders the notes of a folder with SING models and compares them with the notes. */
public final class EvaluateSing {
    private final NoteFolder notes;
    private final int most;
    private final Listener listener;

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Listener {
        /** A share of the present part, 0 to 1. */
        void progress(double share, String doing);
    }

    /**
     * Prepares.
     *
     * @param most notes of each set that are compared, spread over it
     */
    public EvaluateSing(NoteFolder notes, int most, Listener listener) {
        this.notes = notes;
        this.most = most;
        this.listener = listener;
    }

    /**
     * Compares models.
     *
     * @throws UserError when the folder has no notes of a model's instruments, pitches and velocities
     */
    public SingReport run(List<SingFolder> models) {
        List<SingRow> rows = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (SingFolder model : models) {
            Map<NoteSet, List<NoteEntry>> known = known(model.card().config(), model.path(), remarks);
            try (SingBlocks sing = new SingBlocks(model)) {
                rows.add(row(model.card(), SingRow.SING, known, n -> sing.render(n.instrument(), n.pitch(), n.velocity())));
            }
            Optional<SingBlocks> encoder = SingBlocks.autoencoder(model.card().config(), model.path());
            if (encoder.isPresent()) {
                try (SingBlocks autoencoder = encoder.get()) {
                    rows.add(row(model.card(), SingRow.AUTOENCODER, known, n -> autoencoder.reconstruct(notes.load(n))));
                }
            }
        }
        return new SingReport(List.copyOf(rows), baseline(models.getFirst().card().config()), List.copyOf(remarks));
    }

    private SingRow row(SingCard card, String stage, Map<NoteSet, List<NoteEntry>> known,
            Function<NoteEntry, float[]> rendering) {
        Map<NoteSet, NoteScores> scores = new EnumMap<>(NoteSet.class);
        known.forEach((set, some) -> {
            if (!some.isEmpty()) {
                String doing = card.name() + ", " + stage + ", " + set.folder();
                scores.put(set, NoteScores.of(notes, some, rendering, share -> listener.progress(share, doing)));
            }
        });
        return SingRow.of(card, stage, scores.get(NoteSet.TRAIN), scores.get(NoteSet.VALID), scores.get(NoteSet.TEST));
    }

    private NoteScores.Baseline baseline(SingConfig config) {
        for (NoteSet set : List.of(NoteSet.TEST, NoteSet.VALID)) {
            List<NoteEntry> held = known(config, set);
            if (!held.isEmpty()) {
                return NoteScores.baseline(notes, held, share -> listener.progress(share, "baselines"));
            }
        }
        return null;
    }

    private Map<NoteSet, List<NoteEntry>> known(SingConfig config, Path model, List<String> remarks) {
        Map<NoteSet, List<NoteEntry>> known = new EnumMap<>(NoteSet.class);
        int all = 0;
        int mine = 0;
        for (NoteSet set : NoteSet.values()) {
            known.put(set, known(config, set));
            all += notes.notes(set).size();
            mine += (int) notes.notes(set).stream().filter(note -> knows(config, note)).count();
        }
        if (known.get(NoteSet.TRAIN).isEmpty()) {
            throw new UserError(notes.path() + ": no training note is of an instrument, pitch and velocity that " + model
                    + " knows; it plays " + String.join(", ", config.instruments()) + ". Give the notes that it was trained on");
        }
        if (mine < all) {
            remarks.add(String.format(Locale.ROOT, "%s knows %d of the %d notes; the others were left out", model, mine, all));
        }
        return known;
    }

    private List<NoteEntry> known(SingConfig config, NoteSet set) {
        return Selection.spread(notes.notes(set).stream().filter(note -> knows(config, note)).toList(), most);
    }

    private static boolean knows(SingConfig config, NoteEntry note) {
        return config.instruments().contains(note.instrument()) && config.velocities().contains(note.velocity())
                && note.pitch() >= config.lowestPitch() && note.pitch() <= config.highestPitch();
    }
}
