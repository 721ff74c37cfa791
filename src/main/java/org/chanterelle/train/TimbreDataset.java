package org.chanterelle.train;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.rt.dsp.Resampler;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Levels;
import org.chanterelle.signal.UserError;

/**
 * The recordings of a data directory, as clips to train on and clips to validate on, with the statistics that go on to the card.
 *
 * @param train clips that crops are drawn from
 * @param valid clips that are rendered whole
 * @param skipped one line for each file that could not be used
 */
public record TimbreDataset(List<TimbreClip> train, List<TimbreClip> valid, List<String> skipped) {
    private static final double MIN_SECONDS = 1.0;
    private static final double SILENT_DBFS = -60.0;
    private static final double CLIPPED_SHARE = 1e-3;
    private static final double RESAMPLED_BAND = 0.95;
    private static final double MASK_SECONDS = 0.08;
    private static final float UNPITCHED_CONFIDENCE = 0.6f;
    private static final float UNPITCHED_ABOVE_DB = -20f;

    /**
     * Reads a data directory.
     *
     * @param cache where features are kept
     * @param progress told each file's name
     * @throws UserError when nothing usable is there
     */
    public static TimbreDataset load(Path directory, TrainingConfig config, Path cache, Consumer<String> progress) {
        if (!Files.isDirectory(directory)) {
            throw new UserError(directory + ": no such directory. Give --data a folder of WAV or FLAC recordings");
        }
        Loader loader = new Loader(directory, config, new FeatureCache(cache), progress);
        config.folders().forEach((folder, weight) -> loader.loadFolder(folder, weight, loader.train));
        if (Files.isDirectory(directory.resolve(config.validFolder()))) {
            loader.loadFolder(config.validFolder(), 1.0, loader.valid);
        }
        if (loader.train.isEmpty()) {
            String why = loader.skipped.isEmpty()
                    ? "no WAV or FLAC files in " + config.folders().keySet()
                    : loader.skipped.getFirst();
            throw new UserError(directory + ": nothing to train on: " + why);
        }
        if (loader.valid.isEmpty()) {
            loader.holdOut();
        }
        return new TimbreDataset(List.copyOf(loader.train), List.copyOf(loader.valid), List.copyOf(loader.skipped));
    }

    /** Minutes of training recordings. */
    public double trainMinutes() {
        return train.stream().mapToDouble(c -> c.features().length() / c.features().controlRateHz()).sum() / 60.0;
    }

    /** Loudness statistics over all training frames that are not digital silence. */
    public Normalisation normalisation(double levelDbfs) {
        float floor = silenceDb();
        float[] sorted = values(false, floor);
        double mean = 0;
        for (float v : sorted) {
            mean += v / sorted.length;
        }
        double variance = 0;
        for (float v : sorted) {
            variance += (v - mean) * (v - mean) / sorted.length;
        }
        return new Normalisation((float) mean, (float) Math.max(0.1, Math.sqrt(variance)), percentile(sorted, 0.05),
                percentile(sorted, 0.95), (float) levelDbfs, 0f);
    }

    /** Pitches of the voiced training frames. */
    public ModelCard.PitchRange pitchRange() {
        float[] sorted = values(true, Float.NEGATIVE_INFINITY);
        if (sorted.length == 0) {
            throw new UserError("no pitch was found in the recordings. Train on recordings of a single melodic line");
        }
        return new ModelCard.PitchRange(percentile(sorted, 0.01), percentile(sorted, 0.5), percentile(sorted, 0.99));
    }

    /** The quietest loudness that the recordings show: their silence. */
    public float silenceDb() {
        float floor = Float.POSITIVE_INFINITY;
        for (TimbreClip clip : train) {
            for (float v : clip.features().loudnessDb()) {
                floor = Math.min(floor, v);
            }
        }
        return floor;
    }

    /** Draws a crop: a clip by its weighted minutes, then a place in it. */
    TimbreClip draw(SplittableRandom random, int frames, int hop, float silenceDb) {
        double total = 0;
        for (TimbreClip clip : train) {
            total += clip.weight() * clip.features().length();
        }
        double at = random.nextDouble() * total;
        TimbreClip chosen = train.getLast();
        for (TimbreClip clip : train) {
            at -= clip.weight() * clip.features().length();
            if (at < 0) {
                chosen = clip;
                break;
            }
        }
        int length = chosen.features().length();
        int lead = frames / 5;
        int start = length <= frames ? -random.nextInt(lead + 1) : random.nextInt(-lead, length - frames + 1);
        return chosen.crop(start, frames, hop, silenceDb);
    }

    private float[] values(boolean pitch, float above) {
        int count = 0;
        float[] all = new float[train.stream().mapToInt(c -> c.features().length()).sum()];
        for (TimbreClip clip : train) {
            FeatureTrack features = clip.features();
            for (int i = 0; i < features.length(); i++) {
                if (pitch ? features.voiced()[i] : features.loudnessDb()[i] > above) {
                    all[count++] = pitch ? features.f0Hz()[i] : features.loudnessDb()[i];
                }
            }
        }
        float[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static float percentile(float[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** Reads files one by one; what is wrong with one is told and the rest goes on. */
    private static final class Loader {
        final List<TimbreClip> train = new ArrayList<>();
        final List<TimbreClip> valid = new ArrayList<>();
        final List<String> skipped = new ArrayList<>();
        private final Path directory;
        private final TrainingConfig config;
        private final FeatureCache cache;
        private final Consumer<String> progress;

        Loader(Path directory, TrainingConfig config, FeatureCache cache, Consumer<String> progress) {
            this.directory = directory;
            this.config = config;
            this.cache = cache;
            this.progress = progress;
        }

        void loadFolder(String folder, double weight, List<TimbreClip> into) {
            Path path = directory.resolve(folder);
            if (!Files.isDirectory(path)) {
                throw new UserError(path + ": no such folder, but the configuration names it");
            }
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.filter(Loader::isAudio).sorted().toList()) {
                    progress.accept(directory.relativize(file).toString());
                    try {
                        into.add(load(file, weight));
                    } catch (UserError e) {
                        skipped.add(e.getMessage());
                    }
                }
            } catch (IOException e) {
                throw new UserError(path + ": cannot be read: " + e.getMessage(), e);
            }
        }

        private static boolean isAudio(Path file) {
            return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|flac|aif|aiff|ogg)");
        }

        private TimbreClip load(Path file, double weight) throws IOException {
            int rate = config.network().sampleRateHz();
            AudioClip clip = AudioReader.read(file);
            float[] whole = trim(clip.mono());
            check(file, whole, clip.sampleRateHz());
            double gainDb = config.levelDbfs() - Levels.rmsDbfs(whole);
            Levels.amplify(whole, gainDb);
            float[] audio = Resampler.resample(whole, clip.sampleRateHz(), rate);
            double controlRateHz = config.network().controlRateHz();
            FeatureTrack features = cache.get(
                    file, controlRateHz, gainDb, () -> FeatureExtractor.extract(whole, clip.sampleRateHz(), controlRateHz));
            int frames = Math.min(features.length(), audio.length / config.hop());
            FeatureTrack cut = features.slice(0, frames);
            return new TimbreClip(directory.relativize(file).toString(), Arrays.copyOf(audio, frames * config.hop()), cut,
                    mask(cut), room(file), weight, bandwidth(clip.sampleRateHz(), rate));
        }

        /** A recording of a lower rate than the model's has nothing above its Nyquist, and little just below. */
        private static double bandwidth(int recordedHz, int rateHz) {
            return recordedHz < rateHz ? RESAMPLED_BAND * recordedHz / rateHz : 1;
        }

        private static void check(Path file, float[] audio, int rate) {
            double seconds = (double) audio.length / rate;
            if (seconds < MIN_SECONDS) {
                throw new UserError(
                        String.format(Locale.ROOT, "%s: %.2f s of sound; expected at least %.0f s", file, seconds, MIN_SECONDS));
            }
            double level = Levels.rmsDbfs(audio);
            if (level < SILENT_DBFS) {
                throw new UserError(
                        String.format(Locale.ROOT, "%s: silent: %.0f dBFS RMS; expected above %.0f", file, level, SILENT_DBFS));
            }
            int clipped = 0;
            for (int i = 1; i < audio.length; i++) {
                clipped += Math.abs(audio[i]) >= 0.999f && audio[i] == audio[i - 1] ? 1 : 0;
            }
            if (clipped > CLIPPED_SHARE * audio.length) {
                throw new UserError(String.format(Locale.ROOT,
                        "%s: clipped: %.1f %% of the frames at full scale; record it again at a lower level", file,
                        100.0 * clipped / audio.length));
            }
        }

        private int room(Path file) {
            int index = 0;
            for (Map.Entry<String, String> room : config.rooms().entrySet()) {
                if (FileSystems.getDefault().getPathMatcher("glob:" + room.getValue()).matches(file.getFileName())) {
                    return index;
                }
                index++;
            }
            return 0;
        }

        private float[] mask(FeatureTrack features) {
            float[] mask = new float[features.length()];
            Arrays.fill(mask, 1f);
            if (!config.maskUnpitched()) {
                return mask;
            }
            float loudest = Float.NEGATIVE_INFINITY;
            for (float v : features.loudnessDb()) {
                loudest = Math.max(loudest, v);
            }
            int shortest = (int) Math.round(MASK_SECONDS * features.controlRateHz());
            for (int i = 0, from = 0; i <= mask.length; i++) {
                boolean bad = i < mask.length && features.confidence()[i] < UNPITCHED_CONFIDENCE
                        && features.loudnessDb()[i] > loudest + UNPITCHED_ABOVE_DB;
                if (!bad) {
                    if (i - from >= shortest) {
                        Arrays.fill(mask, from, i, 0f);
                    }
                    from = i + 1;
                }
            }
            return mask;
        }

        void holdOut() {
            List<TimbreClip> whole = List.copyOf(train);
            train.clear();
            for (TimbreClip clip : whole) {
                int frames = clip.features().length();
                int cut = frames - frames / 10;
                train.add(part(clip, 0, cut));
                valid.add(part(clip, cut, frames));
            }
        }

        private TimbreClip part(TimbreClip clip, int from, int to) {
            int hop = config.hop();
            return new TimbreClip(clip.name(), Arrays.copyOfRange(clip.audio(), from * hop, to * hop),
                    clip.features().slice(from, to), Arrays.copyOfRange(clip.mask(), from, to), clip.room(), clip.weight(),
                    clip.bandwidth());
        }

        private static float[] trim(float[] audio) {
            int from = 0;
            int to = audio.length;
            while (from < to && audio[from] == 0f) {
                from++;
            }
            while (to > from && audio[to - 1] == 0f) {
                to--;
            }
            return Arrays.copyOfRange(audio, from, to);
        }
    }
}
