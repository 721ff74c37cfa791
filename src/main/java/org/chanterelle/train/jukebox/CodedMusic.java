package org.chanterelle.train.jukebox;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.chanterelle.model.jukebox.Lyrics;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.MusicEntry;
import org.chanterelle.train.music.MusicFolder;
import org.chanterelle.train.notes.NoteSet;

/**
 * A prepared music folder as codes.
 *
 * @param train to train on
 * @param valid to judge by, never empty
 */
public record CodedMusic(List<CodedPiece> train, List<CodedPiece> valid) {
    /** Names that a folder's training recordings bear, "unknown" first, the others sorted. */
    public record Labels(List<String> artists, List<String> genres) {
        /** Of a prepared folder. */
        public static Labels of(MusicFolder music) {
            List<MusicEntry> entries = music.entries(NoteSet.TRAIN);
            return new Labels(names(entries.stream().map(MusicEntry::artist).toList()),
                    names(entries.stream().flatMap(entry -> entry.genres().stream()).toList()));
        }

        private static List<String> names(List<String> found) {
            TreeSet<String> sorted = new TreeSet<>(found);
            sorted.remove(PriorConfig.UNKNOWN);
            List<String> names = new ArrayList<>(List.of(PriorConfig.UNKNOWN));
            names.addAll(sorted);
            return List.copyOf(names);
        }
    }

    /**
     * Reads or makes the codes of all recordings.
     *
     * @param upper the autoencoder of the level above; null for a prior
     * @param sets what is needed
     * @param progress told the share that is done and each recording's name
     * @throws UserError when a recording cannot be read, or nothing is there to train on or to judge by
     */
    public static CodedMusic read(
            MusicFolder music, Labels labels, VqVaeFolder own, VqVaeFolder upper, List<NoteSet> sets,
            BiConsumer<Double, String> progress) {
        Path folder = music.path();
        List<CodedPiece> train = new ArrayList<>();
        List<CodedPiece> valid = new ArrayList<>();
        try (CodeStore codes = new CodeStore(folder, own, Device.cpu());
                CodeStore above = upper == null ? null : new CodeStore(folder, upper, Device.cpu())) {
            for (NoteSet set : sets) {
                List<MusicEntry> entries = music.entries(set);
                for (int i = 0; i < entries.size(); i++) {
                    MusicEntry entry = entries.get(i);
                    progress.accept((double) i / entries.size(), entry.file());
                    CodeStore.Coded coded = codes.of(entry.file(), music.audio(entry));
                    int[] upperCodes = above == null ? new int[0] : above.of(entry.file(), music.audio(entry)).codes();
                    (set == NoteSet.TRAIN ? train : valid).add(piece(entry, labels, own.card().config().sampleRateHz(), coded,
                            upperCodes));
                }
            }
        }
        if (sets.contains(NoteSet.TRAIN) && train.isEmpty() || valid.isEmpty()) {
            throw new UserError(
                    music.path() + ": expected recordings to train on and to judge by, found " + train.size() + " and "
                            + valid.size() + ". Prepare more music");
        }
        return new CodedMusic(train, valid);
    }

    private static CodedPiece piece(MusicEntry entry, Labels labels, int rateHz, CodeStore.Coded coded, int[] upperCodes) {
        int[] genres = entry.genres().stream().mapToInt(genre -> Math.max(0, labels.genres.indexOf(genre))).distinct().toArray();
        return new CodedPiece(entry.file(), coded.codes(), upperCodes, Math.max(0, labels.artists.indexOf(entry.artist())),
                genres,
                Lyrics.numbers(entry.lyrics()), Math.round(entry.totalSeconds() * rateHz),
                Math.round(entry.startSeconds() * rateHz),
                coded.frames());
    }

    /** Length of the longest whole piece in seconds. */
    double longestSeconds(int rateHz) {
        return train.stream().mapToLong(CodedPiece::totalFrames).max().orElse(1) / (double) rateHz;
    }

    /** Codes of all recordings in {@code pieces}. */
    static long count(List<CodedPiece> pieces) {
        return pieces.stream().mapToLong(piece -> piece.codes().length).sum();
    }
}
