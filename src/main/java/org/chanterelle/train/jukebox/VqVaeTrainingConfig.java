package org.chanterelle.train.jukebox;

import static org.chanterelle.train.ConfigJson.require;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.ConfigJson;

/**
 * What {@code train vqvae --config} may set; every field has a default.
 *
 * @param description one sentence for the card
 * @param licence licence of the weights
 * @param network sizes, for all levels
 * @param commit weight of the distance between the encoder's outputs and their codes' vectors
 * @param spectral weight of the multi-spectral loss; 0 for none
 * @param squares weight of the mean square of the difference, relative to the recordings' variance
 * @param peaks weight of the mean of its greatest squares, likewise
 * @param peakFrames how many greatest squares of a crop
 * @param codebookDecay of the codebook's moving averages
 * @param restarts whether codes that are hardly used begin anew
 * @param restartUse mean use in a step under which they do
 * @param unroundedSteps first steps in which the decoder hears the encoder's outputs as they are; then the codebook is drawn from them
 * @param batch crops a step
 * @param cropSeconds length of a crop
 * @param learningRate after the warm-up
 * @param finalLearningRate at the end, reached exponentially
 * @param warmUpSteps steps in which the rate rises
 * @param clipNorm largest gradient norm; 0 for no limit
 * @param averageDecay decay of the running average of weights that is shipped
 * @param checkpointSteps steps between checkpoints
 * @param validCrops crops that a checkpoint is judged by
 * @param seed of everything random
 * @param sources licences and attributions
 */
public record VqVaeTrainingConfig(
        String description,
        String licence,
        Network network,
        double commit,
        double spectral,
        double squares,
        double peaks,
        int peakFrames,
        double codebookDecay,
        boolean restarts,
        double restartUse,
        int unroundedSteps,
        int batch,
        double cropSeconds,
        double learningRate,
        double finalLearningRate,
        int warmUpSteps,
        double clipNorm,
        double averageDecay,
        int checkpointSteps,
        int validCrops,
        long seed,
        List<ModelCard.Source> sources) {

    /**
     * Sizes, as in {@link VqVaeConfig}.
     *
     * @param downs of the bottom level's only block, then of each further level's last one
     * @param multipliers of width and depth for each level
     */
    public record Network(int sampleRateHz, List<Integer> downs, int width, int depth, List<Integer> multipliers,
            int dilationGrowth, int dilationCycle, int embedding, int codes) {}

    /** What is used where a configuration file is silent: the published sizes and weights, at 16 kHz. */
    public static VqVaeTrainingConfig defaults() {
        return new VqVaeTrainingConfig(
                "A level of codes for music, trained by Chanterelle.",
                "not stated",
                new Network(16000, List.of(3, 2, 2), 32, 4, List.of(2, 1, 1), 3, 0, 64, 2048),
                0.02, 1.0, 1.0, 0.02, 2048, 0.99, true, 1.0, 0, 4, 2.048, 3e-4, 3e-4, 100, 1.0, 0.999, 500, 64, 1, List.of());
    }

    /**
     * Reads a configuration file over the defaults.
     *
     * @throws UserError naming the field that is unknown, malformed or out of range
     */
    public static VqVaeTrainingConfig read(Path file) {
        VqVaeTrainingConfig config = ConfigJson.read(file, defaults(), VqVaeTrainingConfig.class, Set.of("network"));
        config.check(file + ": ");
        return config;
    }

    /** The same with what an ablation changes; nulls leave as they are. */
    public VqVaeTrainingConfig with(Double otherSpectral, Boolean otherRestarts, Integer codes, Long otherSeed) {
        Network n = network;
        Network other = codes == null
                ? n
                : new Network(n.sampleRateHz(), n.downs(), n.width(), n.depth(), n.multipliers(), n.dilationGrowth(),
                        n.dilationCycle(), n.embedding(), codes);
        return new VqVaeTrainingConfig(description, licence, other, commit, otherSpectral == null ? spectral : otherSpectral,
                squares, peaks, peakFrames, codebookDecay, otherRestarts == null ? restarts : otherRestarts, restartUse,
                unroundedSteps, batch,
                cropSeconds, learningRate, finalLearningRate, warmUpSteps, clipNorm, averageDecay, checkpointSteps, validCrops,
                otherSeed == null ? seed : otherSeed, sources);
    }

    /** Levels that the configuration tells of. */
    public int levels() {
        return network.downs().size();
    }

    /** The network of a level, 0 for the bottom one. */
    public VqVaeConfig model(int level) {
        Network n = network;
        int times = n.multipliers().get(level);
        return new VqVaeConfig(n.sampleRateHz(), level, n.downs().subList(0, level + 1), times * n.width(), times * n.depth(),
                n.dilationGrowth(), n.dilationCycle(), n.embedding(), n.codes());
    }

    /** Audio frames of a crop: a whole number of the top level's hops, so that all levels train on the same. */
    public int cropFrames() {
        int hop = model(levels() - 1).hop();
        return (int) Math.max(1, Math.round(cropSeconds * network.sampleRateHz() / hop)) * hop;
    }

    void check(String where) {
        require(where, "network", network != null && network.downs() != null && !network.downs().isEmpty(),
                "the network's sizes with one entry of downs for each level", network);
        require(where, "network.multipliers",
                network.multipliers() != null && network.multipliers().size() == network.downs().size()
                        && network.multipliers().stream().allMatch(m -> m != null && m >= 1 && m <= 16),
                network.downs().size() + " numbers from 1 to 16", network.multipliers());
        for (int level = 0; level < levels(); level++) {
            model(level).check(where + "network, level " + level + ": ");
        }
        require(where, "batch", batch > 0 && batch <= 1024, "1 to 1024", batch);
        require(where, "cropSeconds", cropSeconds > 0 && cropSeconds <= 60 && cropFrames() >= VqVaeLoss.MIN_FRAMES,
                "at least " + VqVaeLoss.MIN_FRAMES + " audio frames, at most 60 s", cropSeconds);
        require(where, "peakFrames", peakFrames > 0 && peakFrames <= cropFrames(), "1 to a crop's " + cropFrames(), peakFrames);
        weight(where, "commit", commit);
        weight(where, "spectral", spectral);
        weight(where, "squares", squares);
        weight(where, "peaks", peaks);
        require(where, "spectral, squares and peaks", spectral + squares + peaks > 0, "one above 0", 0);
        require(where, "codebookDecay", codebookDecay >= 0 && codebookDecay < 1, "0 to below 1", codebookDecay);
        require(where, "restartUse", restartUse >= 0 && restartUse <= 1000, "0 to 1000", restartUse);
        require(where, "unroundedSteps", unroundedSteps >= 0, "0 or more", unroundedSteps);
        require(where, "learningRate", learningRate > 0 && learningRate < 1, "above 0, below 1", learningRate);
        require(where, "finalLearningRate", finalLearningRate > 0 && finalLearningRate < 1, "above 0, below 1",
                finalLearningRate);
        require(where, "warmUpSteps", warmUpSteps >= 0, "0 or more", warmUpSteps);
        require(where, "clipNorm", clipNorm >= 0, "0 or more", clipNorm);
        require(where, "averageDecay", averageDecay >= 0 && averageDecay < 1, "0 to below 1", averageDecay);
        require(where, "checkpointSteps", checkpointSteps > 0, "at least 1", checkpointSteps);
        require(where, "validCrops", validCrops > 0 && validCrops <= 10000, "1 to 10000", validCrops);
        require(where, "sources", sources != null, "a list", sources);
    }

    private static void weight(String where, String field, double found) {
        require(where, field, found >= 0 && found <= 1000, "0 to 1000", found);
    }
}
