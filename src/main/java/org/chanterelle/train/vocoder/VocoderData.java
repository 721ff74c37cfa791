package org.chanterelle.train.vocoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.scores.ScoreEntry;
import org.chanterelle.train.scores.ScoreFolder;

/** Recordings to train on, at 16 kHz, mono, in memory; some are held out whole, or of a single one the end. */
final class VocoderData {
    private static final int RATE_HZ = MelSpectrum.SAMPLE_RATE_HZ;
    private static final int HELD_OUT_OF = 20;
    private static final double LEAST_SECONDS = 1;
    private static final double SILENT_DBFS = -70;
    private static final int DRAWS = 20;
    private static final int MOST_HELD_OUT = 40;

    private final List<float[]> train = new ArrayList<>();
    private final List<float[]> valid = new ArrayList<>();

    private VocoderData() {}

    /**
     * Reads a folder and all below it, in the order of the names, from each file an equal stretch, so that {@code minutes} is kept to.
     *
     * @throws UserError when there is no folder or no usable recording
     */
    static VocoderData load(Path folder, double minutes, DoubleConsumer progress) {
        if (Files.exists(folder.resolve(ScoreFolder.INDEX))) {
            return scores(ScoreFolder.open(folder), minutes, progress);
        }
        List<Path> files = files(folder);
        double secondsEach = Math.max(LEAST_SECONDS, 60 * minutes / files.size());
        VocoderData data = new VocoderData();
        for (int i = 0; i < files.size(); i++) {
            progress.accept((double) i / files.size());
            float[] audio = read(files.get(i), secondsEach);
            if (audio.length >= LEAST_SECONDS * RATE_HZ && Levels.rmsDbfs(audio) > SILENT_DBFS) {
                (i % HELD_OUT_OF == HELD_OUT_OF / 2 ? data.valid : data.train).add(audio);
            }
        }
        if (data.train.isEmpty()) {
            throw new UserError(folder + ": no recording of at least a second that is not silent. Give --data a folder of WAV or"
                    + " FLAC recordings");
        }
        if (data.valid.isEmpty()) {
            float[] last = data.train.removeLast();
            int cut = last.length - last.length / 5;
            data.train.add(Arrays.copyOf(last, cut));
            data.valid.add(Arrays.copyOfRange(last, cut, last.length));
        }
        return data;
    }

    /** Of a folder that {@code prepare scores} made: split as its index says, what is for the test left alone. */
    private static VocoderData scores(ScoreFolder folder, double minutes, DoubleConsumer progress) {
        VocoderData data = new VocoderData();
        List<ScoreEntry> train = folder.entries(NoteSet.TRAIN);
        int most = (int) (Math.max(LEAST_SECONDS, 60 * minutes / Math.max(1, train.size())) * RATE_HZ);
        for (int i = 0; i < train.size(); i++) {
            progress.accept((double) i / train.size());
            float[] audio = folder.audio(train.get(i));
            data.train.add(audio.length > most ? Arrays.copyOf(audio, most) : audio);
        }
        List<ScoreEntry> valid = folder.entries(NoteSet.VALID);
        for (int i = 0; i < Math.min(valid.size(), MOST_HELD_OUT); i++) {
            data.valid.add(folder.audio(valid.get(i * valid.size() / Math.min(valid.size(), MOST_HELD_OUT))));
        }
        if (data.train.isEmpty() || data.valid.isEmpty()) {
            throw new UserError("these scores have none to train on or none to judge by. Prepare more pieces");
        }
        return data;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserError(folder + ": no such folder. Give --data a folder of WAV or FLAC recordings");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac|aif|aiff|ogg)"))
                    .filter(Files::isRegularFile).sorted().toList();
            if (files.isEmpty()) {
                throw new UserError(folder + ": no WAV, FLAC, AIFF or Ogg files. Give --data a folder of recordings");
            }
            return files;
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static float[] read(Path file, double seconds) {
        AudioClip clip = AudioReader.read(file);
        float[] mono = clip.mono();
        int most = (int) Math.min(mono.length, seconds * clip.sampleRateHz());
        int from = (mono.length - most) / 2;
        return Resampler.resample(Arrays.copyOfRange(mono, from, from + most), clip.sampleRateHz(), RATE_HZ);
    }

    /** Minutes to train on. */
    double trainMinutes() {
        return train.stream().mapToDouble(a -> a.length).sum() / RATE_HZ / 60;
    }

    /** Minutes held out. */
    double validMinutes() {
        return valid.stream().mapToDouble(a -> a.length).sum() / RATE_HZ / 60;
    }

    /** A crop to train on, at some level; where a draw is silent another is made. Shorter recordings are followed by silence. */
    float[] draw(SplittableRandom random, int length, double gainJitterDb) {
        float[] crop = new float[length];
        for (int i = 0; i < DRAWS; i++) {
            float[] from = train.get(random.nextInt(train.size()));
            crop = crop(from, random.nextInt(Math.max(1, from.length - length + 1)), length);
            if (Levels.rmsDbfs(crop) > SILENT_DBFS) {
                break;
            }
        }
        Levels.amplify(crop, gainJitterDb * (2 * random.nextDouble() - 1));
        return crop;
    }

    /** Held-out crops, spread over all that is held out; the same at every call. */
    List<float[]> validCrops(int count, int length) {
        List<float[]> crops = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < count; i++) {
            float[] from = valid.get(i % valid.size());
            crops.add(crop(from, random.nextInt(Math.max(1, from.length - length + 1)), length));
        }
        return crops;
    }

    private static float[] crop(float[] from, int at, int length) {
        return Arrays.copyOfRange(from, at, at + length);
    }
}
