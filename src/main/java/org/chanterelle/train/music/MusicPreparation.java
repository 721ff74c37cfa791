package org.chanterelle.train.music;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.audiofile.AudioWriter.SampleFormat;
import org.chanterelle.audiofile.MidiFile;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.scores.ScoreEntry;
import org.chanterelle.train.scores.ScoreFolder;

/**
 * Gathers music in one folder: recordings resampled, renderings of scores, sung phrases, then the index. What is there already is kept, so
 * that a stopped run goes on. One thread.
 */
public final class MusicPreparation {
    private static final double HELD_OUT = 0.1;
    private static final String RECORDINGS = "recordings";
    private static final String SUNG = "sung";

    private final Path out;
    private final int rateHz;
    private final long seed;
    private final Listener listener;
    private final List<MusicEntry> entries = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Listener {
        /** A share of this source is there; {@code doing} says what comes next. */
        void progress(double share, String doing);
    }

    /** @param out folder to fill; made where it is not there */
    public MusicPreparation(Path out, int rateHz, long seed, Listener listener) {
        this.out = out;
        this.rateHz = rateHz;
        this.seed = seed;
        this.listener = listener;
        makeFolder(out);
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be made: " + e.getMessage() + ". Name another folder", e);
        }
    }

    /** Adds all recordings below a folder, as FLAC of 16 bits with their channels. */
    public void addRecordings(Path folder, MusicLabels labels) {
        List<Path> files = audioFiles(folder);
        for (int i = 0; i < files.size(); i++) {
            String name = folder.relativize(files.get(i)).toString();
            listener.progress((double) i / files.size(), name);
            String target = RECORDINGS + "/" + fileName(folder, name) + ".flac";
            try {
                AudioClip clip = keep(files.get(i), out.resolve(target));
                entries.add(new MusicEntry(target, set(name, labels), labels.title(name), labels.artist(name),
                        labels.genres(name), labels.lyrics(name), 0, clip.seconds(), clip.seconds(), ""));
            } catch (UserError e) {
                leftOut.add(e.getMessage());
            }
        }
    }

    private static List<Path> audioFiles(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> files = walk.filter(file -> Files.isRegularFile(file)
                    && file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac|aif|aiff|ogg)")).sorted().toList();
            if (files.isEmpty()) {
                throw new UserError(folder + ": no WAV, FLAC, AIFF or Ogg files in it. Name another folder");
            }
            return files;
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be read: " + e.getMessage() + ". Name a folder of recordings", e);
        }
    }

    /** Unique, and the same at every run: the folder's name and the path in it. */
    private static String fileName(Path folder, String name) {
        String whole = folder.toAbsolutePath().normalize().getFileName() + "/" + name.replaceFirst("\\.[^.]*$", "");
        return whole.replaceAll("[^\\p{L}\\p{N}_-]+", "+");
    }

    private AudioClip keep(Path from, Path to) {
        if (Files.exists(to)) {
            return AudioReader.read(to);
        }
        AudioClip clip = AudioReader.read(from);
        float[][] channels = new float[Math.min(2, clip.channels().length)][];
        for (int c = 0; c < channels.length; c++) {
            float[] source = clip.channels().length > 2 ? clip.mono() : clip.channels()[c];
            channels[c] = Resampler.resample(source, clip.sampleRateHz(), rateHz);
        }
        AudioClip kept = new AudioClip(clip.channels().length > 2 ? new float[][] {channels[0]} : channels, rateHz);
        makeFolder(to.getParent());
        AudioWriter.write(to, kept, SampleFormat.PCM_16, true);
        return kept;
    }

    private NoteSet set(String name, MusicLabels labels) {
        String told = labels.set(name);
        for (NoteSet set : NoteSet.values()) {
            if (told.equals(set.folder()) || told.isEmpty() && List.of(name.split("/")).contains(set.folder())) {
                return set;
            }
        }
        return drawn(name);
    }

    private NoteSet drawn(String name) {
        double place = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode()).nextDouble();
        return place < HELD_OUT ? NoteSet.VALID : NoteSet.TRAIN;
    }

    /** Adds what {@code prepare scores} has rendered into {@code folder} below the output folder: composers as artists, instruments as genres. */
    public void addScores(Path folder) {
        ScoreFolder scores = ScoreFolder.open(folder);
        String prefix = out.toAbsolutePath().normalize().relativize(folder.toAbsolutePath().normalize()) + "/";
        for (NoteSet set : NoteSet.values()) {
            List<ScoreEntry> some = scores.entries(set);
            for (int i = 0; i < some.size(); i++) {
                ScoreEntry entry = some.get(i);
                listener.progress((double) i / some.size(), entry.name());
                String midi = prefix + "midi/" + entry.piece() + ".mid";
                double whole = MidiFile.read(out.resolve(midi)).seconds();
                String file = prefix + "audio/" + entry.instrument() + "/" + entry.name() + ".flac";
                if (Files.exists(out.resolve(file))) {
                    entries.add(new MusicEntry(file, set, entry.piece(), MusicLabels.artistInName(entry.piece()),
                            List.of(entry.instrument()), "", entry.startSeconds(), entry.seconds(),
                            Math.max(whole, entry.startSeconds() + entry.seconds()), midi));
                } else {
                    leftOut.add(file + ": not there; render the scores with their sound");
                }
            }
        }
    }

    /** Adds phrases that a voice sings, the held-out ones of other words and notes. */
    public void addSung(SungPhrases.Voice voice, int count) {
        makeFolder(out.resolve(SUNG));
        for (int i = 0; i < count; i++) {
            SungPhrases.Phrase phrase = SungPhrases.draw(seed, i);
            String file = String.format(Locale.ROOT, "%s/phrase-%05d.flac", SUNG, i);
            listener.progress((double) i / count, phrase.text());
            Path target = out.resolve(file);
            if (!Files.exists(target)) {
                AudioClip clip = voice.sing(phrase);
                float[] audio = Resampler.resample(clip.mono(), clip.sampleRateHz(), rateHz);
                AudioWriter.write(target, AudioClip.mono(audio, rateHz), SampleFormat.PCM_16, true);
            }
            double seconds = AudioReader.read(target).seconds();
            entries.add(new MusicEntry(file, drawn(file), phrase.text(), voice.name(), List.of("song"), phrase.text(), 0, seconds,
                    seconds, ""));
        }
    }

    /**
     * Writes the index.
     *
     * @throws UserError when there is nothing in it
     */
    public MusicFolder finish() {
        if (entries.isEmpty()) {
            throw new UserError(out + ": no music could be used: " + (leftOut.isEmpty() ? "none was named" : leftOut.getFirst()));
        }
        MusicFolder.write(out, entries);
        return MusicFolder.open(out);
    }

    /** One line for each file that could not be used. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }
}
