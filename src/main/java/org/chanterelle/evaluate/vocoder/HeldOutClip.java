package org.chanterelle.evaluate.vocoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.scores.ScoreEntry;
import org.chanterelle.train.scores.ScoreFolder;

/**
 * A sound to judge vocoders by.
 *
 * @param name what it is
 * @param instrument that it is of
 * @param audio at 16 kHz, a whole number of rows long
 */
public record HeldOutClip(String name, String instrument, float[] audio) {
    /**
     * Clips of a folder: of one that {@code prepare scores} made those for the test, else all recordings, an instrument for each folder
     * of them. Every instrument has about as many.
     *
     * @param most how many in all
     * @param seconds most of each
     * @throws UserError when there are none
     */
    public static List<HeldOutClip> read(Path folder, int most, double seconds) {
        List<HeldOutClip> clips = new ArrayList<>();
        if (Files.exists(folder.resolve(ScoreFolder.INDEX))) {
            ScoreFolder scores = ScoreFolder.open(folder);
            Map<String, List<ScoreEntry>> groups = new TreeMap<>();
            scores.entries(NoteSet.TEST).forEach(e -> groups.computeIfAbsent(e.instrument(), i -> new ArrayList<>()).add(e));
            for (ScoreEntry entry : spread(groups, most)) {
                clips.add(of(entry.name(), entry.instrument(), scores.audio(entry), seconds));
            }
        } else {
            Map<String, List<Path>> groups = new TreeMap<>();
            files(folder).forEach(f -> groups.computeIfAbsent(instrument(folder, f), i -> new ArrayList<>()).add(f));
            for (Path file : spread(groups, most)) {
                AudioClip clip = AudioReader.read(file);
                float[] audio = Resampler.resample(clip.mono(), clip.sampleRateHz(), MelSpectrum.SAMPLE_RATE_HZ);
                clips.add(of(file.getFileName().toString(), instrument(folder, file), audio, seconds));
            }
        }
        if (clips.isEmpty()) {
            throw new UserError(folder + ": no recordings to judge by. Name a folder of recordings or of scores with sound");
        }
        return clips;
    }

    private static HeldOutClip of(String name, String instrument, float[] audio, double seconds) {
        int length = (int) Math.min(audio.length, seconds * MelSpectrum.SAMPLE_RATE_HZ);
        return new HeldOutClip(name, instrument, Arrays.copyOf(audio, length / MelSpectrum.HOP_FRAMES * MelSpectrum.HOP_FRAMES));
    }

    /** The first of each group, then the second of each, ... */
    private static <T> List<T> spread(Map<String, List<T>> groups, int most) {
        List<T> chosen = new ArrayList<>();
        for (int round = 0; chosen.size() < most; round++) {
            int before = chosen.size();
            for (List<T> group : groups.values()) {
                if (round < group.size() && chosen.size() < most) {
                    // Spread over the group, too.
                    int rounds = Math.max(1, Math.min(group.size(), most / groups.size()));
                    int index = round < rounds ? round * group.size() / rounds : round;
                    chosen.add(group.get(index));
                }
            }
            if (chosen.size() == before) {
                break;
            }
        }
        return chosen;
    }

    private static String instrument(Path folder, Path file) {
        Path parent = folder.relativize(file).getParent();
        return parent == null ? "all" : parent.toString();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac|aif|aiff|ogg)")).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be read: " + e.getMessage() + ". Name an existing folder", e);
        }
    }
}
