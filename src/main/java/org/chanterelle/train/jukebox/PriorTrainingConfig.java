package org.chanterelle.train.jukebox;

import static org.chanterelle.train.ConfigJson.require;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.TransformerConfig;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.Adam;
import org.chanterelle.train.ConfigJson;

/**
 * What {@code train prior --config} and {@code train upsampler --config} may set; every field has a default.
 *
 * @param description one sentence for the card
 * @param licence licence of the weights
 * @param context codes that the model sees at most
 * @param transformer its layers
 * @param tied whether codes are told apart by the same vectors that they are embedded with
 * @param timingBins steps of each of the three timings; 0 for none
 * @param minSeconds shortest piece that timing tells apart
 * @param maxSeconds longest one; 0 for the longest of the data
 * @param upper how an upsampler reads the level above
 * @param lyrics how lyrics are read when they are
 * @param lyricsLoss weight of a character that stands before the codes in one sequence, where a code's is 1
 * @param initialScale of the weights that training begins with
 * @param unknownShare of windows whose labels are withheld
 * @param batch windows a step
 * @param learningRate after the warm-up
 * @param finalLearningRate at the end, reached exponentially
 * @param warmUpSteps steps in which the rate rises
 * @param clipNorm largest gradient norm; 0 for no limit
 * @param beta2 decay of Adam's second moment
 * @param averageDecay decay of the running average of weights that is shipped
 * @param checkpointSteps steps between checkpoints
 * @param validWindows windows that a checkpoint is judged by
 * @param seed of everything random
 * @param counted what {@code models count} takes for that which comes from the data
 * @param sources licences and attributions
 */
public record PriorTrainingConfig(
        String description,
        String licence,
        int context,
        TransformerConfig transformer,
        boolean tied,
        int timingBins,
        double minSeconds,
        double maxSeconds,
        UpperSizes upper,
        PriorConfig.LyricsEncoder lyrics,
        double lyricsLoss,
        double initialScale,
        double unknownShare,
        int batch,
        double learningRate,
        double finalLearningRate,
        int warmUpSteps,
        double clipNorm,
        double beta2,
        double averageDecay,
        int checkpointSteps,
        int validWindows,
        long seed,
        Counted counted,
        List<ModelCard.Source> sources) {

    private static final long MAX_BYTES = 1 << 20;

    /** Sizes of the conditioner, as in {@link PriorConfig.Upper}. */
    public record UpperSizes(int width, int depth, int dilationGrowth, int dilationCycle, boolean scaled) {}

    /**
     * What comes from autoencoders and data, for counting without them.
     *
     * @param sampleRateHz of the autoencoders
     * @param level that is modelled
     * @param hop audio frames a code
     * @param codes of a codebook
     * @param artists known ones
     * @param genres known ones
     * @param doublings log2 of the hop of the level above over this one; 0 for a prior
     * @param withLyrics whether it reads them
     */
    public record Counted(int sampleRateHz, int level, int hop, int codes, int artists, int genres, int doublings,
            boolean withLyrics) {}

    /** A size that trains on two cores. */
    public static PriorTrainingConfig defaults() {
        List<TransformerConfig.Pattern> patterns = List.of(TransformerConfig.Pattern.ROW, TransformerConfig.Pattern.COLUMN,
                TransformerConfig.Pattern.PREVIOUS_ROW);
        return new PriorTrainingConfig("", "", 512, new TransformerConfig(320, 8, 5, 160, 320, 16, patterns), true, 128, 0, 0,
                new UpperSizes(96, 4, 3, 8, false),
                new PriorConfig.LyricsEncoder(128, new TransformerConfig(96, 4, 2, 48, 192, 8, patterns), 4, 0), 0.4, 1, 0.1, 4,
                3e-4,
                3e-4, 100, 1, Adam.BETA2, 0.99, 100, 40, 1, new Counted(16000, 2, 128, 2048, 2, 2, 0, false), List.of());
    }

    /**
     * Reads a file of settings.
     *
     * @throws UserError naming the first field that is unknown or out of range
     */
    public static PriorTrainingConfig read(Path file) {
        PriorTrainingConfig config = ConfigJson.read(file, defaults(), PriorTrainingConfig.class,
                Set.of("transformer", "upper", "lyrics", "counted"));
        config.check(file + ": ");
        return config;
    }

    /** Whether a file of settings tells of a transformer; false too for one that cannot be read. */
    public static boolean is(Path file) {
        try {
            return Files.size(file) <= MAX_BYTES
                    && JsonParser.parseString(Files.readString(file)) instanceof JsonObject object && object.has("transformer");
        } catch (IOException | JsonParseException e) {
            return false;
        }
    }

    /** The same with another seed where given. */
    public PriorTrainingConfig with(Long otherSeed) {
        return new PriorTrainingConfig(description, licence, context, transformer, tied, timingBins, minSeconds, maxSeconds,
                upper,
                lyrics, lyricsLoss, initialScale, unknownShare, batch, learningRate, finalLearningRate, warmUpSteps, clipNorm,
                beta2,
                averageDecay,
                checkpointSteps, validWindows, otherSeed == null ? seed : otherSeed, counted, sources);
    }

    /** The network over a level's codes, under another level's where {@code above} is not null. */
    PriorConfig model(VqVaeConfig own, int checksum, VqVaeConfig above, int aboveChecksum, CodedMusic.Labels labels,
            double longestSeconds, boolean withLyrics) {
        PriorConfig.Upper conditioner = above == null
                ? null
                : new PriorConfig.Upper(above.codes(), Integer.numberOfTrailingZeros(above.hop() / own.hop()), upper.width(),
                        upper.depth(), upper.dilationGrowth(), upper.dilationCycle(), upper.scaled());
        double longest = maxSeconds > 0 ? maxSeconds : Math.max(minSeconds + 1, Math.ceil(longestSeconds));
        return new PriorConfig(own.sampleRateHz(), own.level(), own.hop(), own.codes(), context, transformer, tied,
                labels.artists(), labels.genres(), minSeconds, longest, timingBins, conditioner, withLyrics ? lyrics : null,
                checksum, above == null ? 0 : aboveChecksum);
    }

    /** The network that {@link #counted} tells of. */
    public PriorConfig countedModel() {
        List<String> names = List.of(PriorConfig.UNKNOWN);
        PriorConfig.Upper conditioner = counted.doublings() == 0
                ? null
                : new PriorConfig.Upper(counted.codes(), counted.doublings(), upper.width(), upper.depth(),
                        upper.dilationGrowth(), upper.dilationCycle(), upper.scaled());
        return new PriorConfig(counted.sampleRateHz(), counted.level(), counted.hop(), counted.codes(), context, transformer,
                tied, named(names, counted.artists()), named(names, counted.genres()), minSeconds,
                maxSeconds > 0 ? maxSeconds : 600, timingBins, conditioner, counted.withLyrics() ? lyrics : null, 0, 0);
    }

    private static List<String> named(List<String> first, int count) {
        List<String> names = new java.util.ArrayList<>(first);
        while (names.size() < count) {
            names.add("name " + names.size());
        }
        return names;
    }

    void check(String where) {
        require(where, "context", context >= 2 && context <= 65536, "2 to 65536", context);
        require(where, "transformer, upper, lyrics and counted",
                transformer != null && upper != null && lyrics != null && counted != null, "sizes", null);
        require(where, "counted.artists and counted.genres",
                counted.artists() >= 1 && counted.artists() <= 100_000 && counted.genres() >= 1 && counted.genres() <= 100_000,
                "1 to 100000", counted.artists() + " and " + counted.genres());
        require(where, "counted.doublings", counted.doublings() >= 0 && counted.doublings() <= 8, "0 to 8", counted.doublings());
        countedModel().check(where);
        require(where, "lyricsLoss", lyricsLoss >= 0 && lyricsLoss <= 1, "0 to 1", lyricsLoss);
        require(where, "initialScale", initialScale > 0 && initialScale <= 100, "above 0, at most 100", initialScale);
        require(where, "unknownShare", unknownShare >= 0 && unknownShare <= 1, "0 to 1", unknownShare);
        require(where, "batch", batch > 0 && batch <= 1024, "1 to 1024", batch);
        require(where, "learningRate", learningRate > 0 && learningRate < 1, "above 0, below 1", learningRate);
        require(where, "finalLearningRate", finalLearningRate > 0 && finalLearningRate < 1, "above 0, below 1",
                finalLearningRate);
        require(where, "warmUpSteps", warmUpSteps >= 0, "0 or more", warmUpSteps);
        require(where, "clipNorm", clipNorm >= 0, "0 or more", clipNorm);
        require(where, "beta2", beta2 >= 0 && beta2 < 1, "0 to below 1", beta2);
        require(where, "averageDecay", averageDecay >= 0 && averageDecay < 1, "0 to below 1", averageDecay);
        require(where, "checkpointSteps", checkpointSteps > 0, "at least 1", checkpointSteps);
        require(where, "validWindows", validWindows > 0 && validWindows <= 10000, "1 to 10000", validWindows);
        require(where, "sources", sources != null, "a list", sources);
    }
}
