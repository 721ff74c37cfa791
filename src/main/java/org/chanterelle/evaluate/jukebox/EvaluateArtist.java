package org.chanterelle.evaluate.jukebox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.evaluate.MelClassifier;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.Selection;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.MusicEntry;
import org.chanterelle.train.music.MusicFolder;
import org.chanterelle.train.notes.NoteSet;

/**
 * Whether music can be told by who made it, or by its genre: a linear classifier learns real recordings, and names others. One thread.
 */
public final class EvaluateArtist {
    private static final int PIECES = 12;
    private static final double PIECE_SECONDS = 10;
    private static final double MOST_SECONDS = 60;

    private final MusicFolder music;
    private final Label label;
    private final List<String> names;
    private final DoubleConsumer progress;
    private int done;
    private int jobs;

    /** What music is told by. */
    public enum Label {
        /** Who plays, sings or has composed it. */
        ARTIST {
            @Override
            String of(MusicEntry entry) {
                return entry.artist();
            }
        },
        /** The first of its genres. */
        GENRE {
            @Override
            String of(MusicEntry entry) {
                return entry.genres().getFirst();
            }
        };

        abstract String of(MusicEntry entry);
    }

    /** A recording, and the name that it should be given. */
    public record Claim(Path file, String name) {}

    /**
     * What a recording was taken for.
     *
     * @param file the recording
     * @param claimed the name that it should be given
     * @param named the likeliest
     * @param probability of the claimed one
     */
    public record Verdict(String file, String claimed, String named, double probability) {}

    /**
     * What came out.
     *
     * @param names that can be given
     * @param heldOut held-out recordings of the folder
     * @param heldOutRight share of those that are named right
     * @param verdicts on the claims, in their order
     */
    public record Report(List<String> names, int heldOut, double heldOutRight, List<Verdict> verdicts) {
        /** Share of names that are right by guessing. */
        public double chance() {
            return 1.0 / names.size();
        }

        /** Share of the claims that hold; 0 when there are none. */
        public double right() {
            return verdicts.stream().mapToDouble(v -> v.named().equals(v.claimed()) ? 1 : 0).average().orElse(0);
        }
    }

    /**
     * Prepares.
     *
     * @param progress hears the share that is done
     * @throws UserError when the folder's recordings have fewer than two names
     */
    public EvaluateArtist(MusicFolder music, Label label, DoubleConsumer progress) {
        this.music = music;
        this.label = label;
        this.progress = progress;
        names = List.copyOf(new TreeSet<>(music.entries(NoteSet.TRAIN).stream().map(label::of).toList()));
        if (names.size() < 2) {
            throw new UserError(
                    music.path() + ": all recordings to learn from are " + names + "; expected several to tell apart");
        }
    }

    /**
     * Learns, and judges held-out recordings and what is claimed.
     *
     * @throws UserError when a recording cannot be read, or a claim's name is not known
     */
    public Report run(List<Claim> claims) {
        for (Claim claim : claims) {
            number(claim.name());
        }
        List<MusicEntry> lessons = names.stream().flatMap(name -> some(name).stream()).toList();
        List<MusicEntry> heldOut = music.entries(NoteSet.VALID).stream().filter(entry -> names.contains(label.of(entry)))
                .toList();
        jobs = lessons.size() + heldOut.size() + claims.size();
        List<MelClassifier.Example> examples = lessons.stream()
                .map(entry -> new MelClassifier.Example(mel(music.audio(entry), PIECE_SECONDS), number(label.of(entry))))
                .toList();
        MelClassifier classifier = MelClassifier.learn(examples, names.size());
        double right = heldOut.stream()
                .mapToDouble(e -> classifier.name(mel(music.audio(e), PIECE_SECONDS)) == number(label.of(e)) ? 1 : 0).average()
                .orElse(0);
        List<Verdict> verdicts = new ArrayList<>();
        for (Claim claim : claims) {
            float[][] mel = mel(claim.file(), MOST_SECONDS);
            verdicts.add(new Verdict(claim.file().toString(), claim.name(), names.get(classifier.name(mel)),
                    classifier.probabilities(mel)[number(claim.name())]));
        }
        return new Report(names, heldOut.size(), right, verdicts);
    }

    private int number(String name) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new UserError("'" + name + "': not one of " + String.join(", ", names) + ", which these recordings are");
        }
        return number;
    }

    /** Pieces to learn a name by, spread over all that bear it. */
    private List<MusicEntry> some(String name) {
        return Selection.spread(
                music.entries(NoteSet.TRAIN).stream().filter(entry -> label.of(entry).equals(name)).toList(), PIECES);
    }

    private float[][] mel(Path file, double mostSeconds) {
        AudioClip clip = AudioReader.read(file);
        float[] mono = clip.mono();
        int most = (int) Math.min(mono.length, mostSeconds * clip.sampleRateHz());
        progress.accept((double) ++done / jobs);
        return new MelSpectrum().of(
                Resampler.resample(Arrays.copyOf(mono, most), clip.sampleRateHz(), MelSpectrum.SAMPLE_RATE_HZ));
    }
}
