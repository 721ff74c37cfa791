package org.chanterelle.train.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.music.MusicFolder;
import org.chanterelle.train.notes.NoteSet;

/**
 * The recordings of a folder in memory: as its index tells, see {@link MusicFolder}; without one those under {@code train} to train on, those under {@code valid} to judge by; where there are no
 * such folders, the last tenth of each recording is held out.
 */
final class MusicSet {
    private static final double MIN_SECONDS = 0.25;
    private static final int HELD_OUT = 10;

    private final List<Recording> train = new ArrayList<>();
    private final List<Recording> valid = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final int rateHz;
    private long bytes;

    private MusicSet(int rateHz) {
        this.rateHz = rateHz;
    }

    /**
     * Reads and resamples all.
     *
     * @param progress told each file's name
     * @throws UserError when nothing usable is there, or more than memory holds
     */
    static MusicSet read(Path folder, int rateHz, Consumer<String> progress) {
        if (!Files.isDirectory(folder)) {
            throw new UserError(folder + ": no such folder. Give --data a folder of recordings; see 'chanterelle prepare music'");
        }
        MusicSet set = new MusicSet(rateHz);
        Path training = folder.resolve("train");
        if (MusicFolder.is(folder)) {
            MusicFolder music = MusicFolder.open(folder);
            music.entries(NoteSet.TRAIN).forEach(entry -> set.read(entry.file(), music.audio(entry), set.train, progress));
            music.entries(NoteSet.VALID).forEach(entry -> set.read(entry.file(), music.audio(entry), set.valid, progress));
            set.checkMemory(folder);
        } else if (Files.isDirectory(training)) {
            set.readAll(folder, training, set.train, progress);
            if (Files.isDirectory(folder.resolve("valid"))) {
                set.readAll(folder, folder.resolve("valid"), set.valid, progress);
            }
        } else {
            set.readAll(folder, folder, set.train, progress);
        }
        if (set.train.isEmpty()) {
            throw new UserError(folder + ": nothing to train on: "
                    + (set.skipped.isEmpty() ? "no WAV, FLAC, AIFF or Ogg files" : set.skipped.getFirst()));
        }
        if (set.valid.isEmpty()) {
            set.holdOut();
        }
        return set;
    }

    /**
     * Excerpts of the recordings to judge by, one channel each, spread evenly over them.
     *
     * @param most how many at most; recordings shorter than an excerpt are followed by silence
     * @throws UserError when there are none
     */
    static List<float[]> heldOut(Path folder, int rateHz, int length, int most) {
        MusicSet set = new MusicSet(rateHz);
        if (MusicFolder.is(folder)) {
            MusicFolder music = MusicFolder.open(folder);
            music.entries(NoteSet.VALID).forEach(entry -> set.read(entry.file(), music.audio(entry), set.valid, name -> {}));
            set.checkMemory(folder);
        } else if (Files.isDirectory(folder.resolve("valid"))) {
            set.readAll(folder, folder.resolve("valid"), set.valid, name -> {});
        } else {
            set.valid.addAll(read(folder, rateHz, name -> {}).valid);
        }
        if (set.valid.isEmpty()) {
            throw new UserError(folder + ": no recordings to judge by. Give a folder of recordings, or one with a valid folder");
        }
        float[] all = spread(set.valid, most, length);
        List<float[]> excerpts = new ArrayList<>();
        for (int from = 0; from < all.length; from += length) {
            excerpts.add(java.util.Arrays.copyOfRange(all, from, from + length));
        }
        return excerpts;
    }

    private void readAll(Path root, Path folder, List<Recording> into, Consumer<String> progress) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(MusicSet::isAudio).sorted().toList()) {
                read(root.relativize(file).toString(), file, into, progress);
            }
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be read: " + e.getMessage() + ". Check its permissions", e);
        }
        checkMemory(folder);
    }

    private void read(String name, Path file, List<Recording> into, Consumer<String> progress) {
        progress.accept(name);
        try {
            add(name, AudioReader.read(file), into);
        } catch (UserError e) {
            skipped.add(e.getMessage());
        }
    }

    private void checkMemory(Path folder) {
        long limit = Runtime.getRuntime().maxMemory() / 2;
        if (bytes > limit) {
            throw new UserError(String.format(Locale.ROOT,
                    "%s: its recordings take more than %d MiB of memory at %d Hz. Train on fewer, or raise the heap"
                            + " (CHANTERELLE_JAVA_OPTS=-Xmx8g)",
                    folder, limit >> 20, rateHz));
        }
    }

    private static boolean isAudio(Path file) {
        return Files.isRegularFile(file) && file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac|aif|aiff|ogg)");
    }

    private void add(String name, AudioClip clip, List<Recording> into) {
        long size = (long) clip.channels().length * Math.round(clip.seconds() * rateHz) * Short.BYTES;
        if (clip.seconds() < MIN_SECONDS || bytes > Runtime.getRuntime().maxMemory() / 2) {
            skipped.add(name + ": shorter than " + MIN_SECONDS + " s, or no room for it");
            bytes += size;
            return;
        }
        bytes += size;
        float[][] channels = new float[clip.channels().length][];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = Resampler.resample(clip.channels()[c], clip.sampleRateHz(), rateHz);
        }
        into.add(Recording.of(name, channels));
    }

    private void holdOut() {
        List<Recording> whole = List.copyOf(train);
        train.clear();
        for (Recording recording : whole) {
            int cut = recording.frames() - recording.frames() / HELD_OUT;
            train.add(recording.part(0, cut));
            valid.add(recording.part(cut, recording.frames()));
        }
    }

    List<Recording> train() {
        return train;
    }

    List<Recording> valid() {
        return valid;
    }

    List<String> skipped() {
        return skipped;
    }

    double minutes(List<Recording> recordings) {
        return recordings.stream().mapToLong(Recording::frames).sum() / (60.0 * rateHz);
    }

    /** Crops of the training recordings, one after another; where in all of them chance decides, and how channels are mixed. */
    float[] draw(int crops, int length, SplittableRandom random) {
        float[] audio = new float[crops * length];
        long total = train.stream().mapToLong(Recording::frames).sum();
        for (int crop = 0; crop < crops; crop++) {
            long at = random.nextLong(total);
            Recording chosen = train.getLast();
            for (Recording recording : train) {
                at -= recording.frames();
                if (at < 0) {
                    chosen = recording;
                    break;
                }
            }
            int first = random.nextInt(Math.max(1, chosen.frames() - length + 1));
            chosen.crop(first, audio, crop * length, length, random);
        }
        return audio;
    }

    /** Crops spread evenly over recordings, channels mixed alike; at most {@code most}, none twice. */
    static float[] spread(List<Recording> recordings, int most, int length) {
        long total = recordings.stream().mapToLong(r -> Math.max(1, r.frames() / length)).sum();
        int count = (int) Math.min(most, total);
        float[] audio = new float[count * length];
        for (int crop = 0; crop < count; crop++) {
            long place = crop * total / count;
            for (Recording recording : recordings) {
                long own = Math.max(1, recording.frames() / length);
                if (place < own) {
                    recording.crop((int) place * length, audio, crop * length, length, null);
                    break;
                }
                place -= own;
            }
        }
        return audio;
    }
}
