package org.chanterelle.train.mel2mel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.chanterelle.analysis.spectrum.MelSpectrum;
import org.chanterelle.model.mel2mel.Mel2MelConfig;
import org.chanterelle.model.mel2mel.PianoRoll;
import org.chanterelle.signal.ScoreNote;
import org.chanterelle.signal.Selection;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.notes.NoteSet;
import org.chanterelle.train.scores.ScoreEntry;
import org.chanterelle.train.scores.ScoreFolder;

/** Rolls and spectrograms in memory, the latter as float16. */
final class Mel2MelData {
    private static final int BANDS = MelSpectrum.BANDS;

    private final Mel2MelConfig config;
    private final List<Clip> train;
    private final List<Clip> valid;
    private final int[] trainEnds;
    private final double trainMinutes;

    /** One stretch on one instrument. */
    private record Clip(int instrument, PianoRoll roll, short[] mel) {
        int frames() {
            return mel.length / BANDS;
        }
    }

    /**
     * What a step is made of.
     *
     * @param rolls shape (sequences, frames, 176)
     * @param mels shape (sequences, frames, 80)
     * @param instruments row in the table of timbres
     * @param frames control frames of each sequence
     */
    record Batch(float[] rolls, float[] mels, int[] instruments, int frames) {}

    /**
     * Mean and standard deviation of each band.
     *
     * @param mean natural logarithm
     * @param deviation above 0
     */
    record Bands(float[] mean, float[] deviation) {
        static Bands none() {
            float[] ones = new float[BANDS];
            Arrays.fill(ones, 1f);
            return new Bands(new float[BANDS], ones);
        }
    }

    private Mel2MelData(Mel2MelConfig config, List<Clip> train, List<Clip> valid) {
        this.config = config;
        this.train = train;
        this.valid = valid;
        trainEnds = train.stream().mapToInt(Clip::frames).toArray();
        Arrays.parallelPrefix(trainEnds, Integer::sum);
        trainMinutes = trainEnds[trainEnds.length - 1] / config.controlRateHz() / 60;
    }

    /** Reads folders of scores; throws UserError where they hold nothing to train on or to judge by. */
    static Mel2MelData load(List<Path> folders, Mel2MelTrainingConfig settings, DoubleConsumer progress) {
        List<ScoreFolder> scores = folders.stream().map(ScoreFolder::open).toList();
        Map<String, Integer> instruments = new LinkedHashMap<>();
        scores.forEach(folder -> folder.instruments().forEach(instruments::putIfAbsent));
        Mel2MelConfig config = Mel2MelConfig.of(settings.units(), settings.timbreSize(), List.copyOf(instruments.keySet()),
                List.copyOf(instruments.values()));
        List<Clip> train = new ArrayList<>();
        List<Clip> valid = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            ScoreFolder folder = scores.get(i);
            List<ScoreEntry> trainEntries = folder.entries(NoteSet.TRAIN);
            List<ScoreEntry> validEntries = Selection.spread(folder.entries(NoteSet.VALID),
                    Math.max(1, settings.validClips() / scores.size()));
            double all = trainEntries.size() + validEntries.size();
            int before = i;
            train.addAll(clips(folder, config, trainEntries,
                    done -> progress.accept((before + done / all) / scores.size())));
            valid.addAll(clips(folder, config, validEntries,
                    done -> progress.accept((before + (trainEntries.size() + done) / all) / scores.size())));
        }
        train.removeIf(clip -> clip.frames() < 2);
        valid.removeIf(clip -> clip.frames() < 2);
        if (train.isEmpty() || valid.isEmpty()) {
            throw new UserError(folders.getFirst() + ": " + train.size() + " stretches to train on and " + valid.size()
                    + " to judge by; expected some of both. Prepare more pieces");
        }
        return new Mel2MelData(config, train, valid);
    }

    private static List<Clip> clips(
            ScoreFolder scores, Mel2MelConfig config, List<ScoreEntry> entries, DoubleConsumer progress) {
        List<List<ScoreNote>> notes = scores.notes(entries);
        List<Clip> clips = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            ScoreEntry entry = entries.get(i);
            float[] mel = scores.mel(entry);
            short[] half = new short[mel.length];
            for (int j = 0; j < half.length; j++) {
                half[j] = Float.floatToFloat16(mel[j]);
            }
            clips.add(new Clip(config.instruments().indexOf(entry.instrument()),
                    PianoRoll.of(notes.get(i), config.controlRateHz()), half));
            progress.accept(i + 1.0);
        }
        return clips;
    }

    /** The network for these scores. */
    Mel2MelConfig config() {
        return config;
    }

    /** Minutes of music to train on. */
    double trainMinutes() {
        return trainMinutes;
    }

    int trainClips() {
        return train.size();
    }

    int validClips() {
        return valid.size();
    }

    /** Sequences from anywhere in the training music, its stretches drawn by their lengths; a shorter stretch is followed by the silence of its end. */
    Batch draw(SplittableRandom random, int sequences, int frames) {
        Batch batch = new Batch(new float[sequences * frames * PianoRoll.ROWS], new float[sequences * frames * BANDS],
                new int[sequences], frames);
        for (int i = 0; i < sequences; i++) {
            int frame = random.nextInt(trainEnds[trainEnds.length - 1]);
            int before = Arrays.binarySearch(trainEnds, frame);
            Clip clip = train.get(before < 0 ? -before - 1 : before + 1);
            fill(batch, i, clip, random.nextInt(Math.max(1, clip.frames() - frames + 1)));
        }
        return batch;
    }

    /** The middle of held-out stretches {@code first} to {@code first + sequences - 1}. */
    Batch held(int first, int sequences, int frames) {
        Batch batch = new Batch(new float[sequences * frames * PianoRoll.ROWS], new float[sequences * frames * BANDS],
                new int[sequences], frames);
        for (int i = 0; i < sequences; i++) {
            Clip clip = valid.get(first + i);
            fill(batch, i, clip, Math.max(0, (clip.frames() - frames) / 2));
        }
        return batch;
    }

    private static void fill(Batch batch, int sequence, Clip clip, int from) {
        int frames = batch.frames();
        clip.roll().write(from, frames, batch.rolls(), sequence * frames * PianoRoll.ROWS);
        int offset = sequence * frames * BANDS;
        for (int i = 0; i < frames * BANDS; i++) {
            int at = from * BANDS + i;
            batch.mels()[offset + i] = at < clip.mel().length ? Float.float16ToFloat(clip.mel()[at]) : MelSpectrum.FLOOR;
        }
        batch.instruments()[sequence] = clip.instrument();
    }

    /** Statistics of the training music. */
    Bands bands() {
        double[] sum = new double[BANDS];
        double[] squares = new double[BANDS];
        long count = 0;
        for (Clip clip : train) {
            for (int frame = 0; frame < clip.frames(); frame += 7) {
                for (int band = 0; band < BANDS; band++) {
                    double value = Float.float16ToFloat(clip.mel()[frame * BANDS + band]);
                    sum[band] += value;
                    squares[band] += value * value;
                }
                count++;
            }
        }
        Bands bands = Bands.none();
        for (int band = 0; band < BANDS; band++) {
            double mean = sum[band] / count;
            bands.mean()[band] = (float) mean;
            bands.deviation()[band] = (float) Math.sqrt(Math.max(1e-2, squares[band] / count - mean * mean));
        }
        return bands;
    }
}
