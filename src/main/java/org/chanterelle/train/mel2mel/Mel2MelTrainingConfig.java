package org.chanterelle.train.mel2mel;

import static org.chanterelle.train.ConfigJson.require;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.chanterelle.model.ModelCard;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.ConfigJson;

/**
 * What {@code train mel2mel --config} may set; every field has a default.
 *
 * @param description one sentence for the card
 * @param licence licence of the weights
 * @param units width of the network
 * @param timbreSize numbers that a timbre is
 * @param loss what is compared
 * @param conditioned whether the network learns spectrograms normalised band by band and begins with FiLM as identity; the shipped
 *        weights hold the normalisation. The published network begins as torch draws it
 * @param batch sequences a step
 * @param frames control frames of a sequence
 * @param learningRate at the beginning
 * @param finalLearningRate at the end, reached exponentially; 0 to halve the rate as published
 * @param halveSteps steps after which the rate is halved, where no final rate is given
 * @param clipNorm largest gradient norm; 0 for no limit
 * @param averageDecay of the running average of the weights that is shipped; 0 for the weights themselves
 * @param checkpointSteps steps between checkpoints
 * @param validClips sequences that a checkpoint is judged by
 * @param seed of everything random
 * @param sources licences and attributions
 */
public record Mel2MelTrainingConfig(
        String description,
        String licence,
        int units,
        int timbreSize,
        Mel2MelLoss loss,
        boolean conditioned,
        int batch,
        int frames,
        double learningRate,
        double finalLearningRate,
        long halveSteps,
        double clipNorm,
        double averageDecay,
        int checkpointSteps,
        int validClips,
        long seed,
        List<ModelCard.Source> sources) {

    /** What is used where a configuration file is silent: the published network, loss and optimiser. */
    public static Mel2MelTrainingConfig defaults() {
        return new Mel2MelTrainingConfig("Scores on several instruments and between them, trained by Chanterelle.", "not stated",
                256, 2, Mel2MelLoss.TANH_LOG_ABS, false, 128, 512, 2e-3, 0, 40_000, 0, 0, 500, 60, 1, List.of());
    }

    /**
     * Reads a configuration file over the defaults.
     *
     * @throws UserError naming the field that is unknown, malformed or out of range
     */
    public static Mel2MelTrainingConfig read(Path file) {
        Mel2MelTrainingConfig config = ConfigJson.read(file, defaults(), Mel2MelTrainingConfig.class, Set.of());
        config.check(file + ": ");
        return config;
    }

    /** The same with what a comparison changes; nulls leave as they are. */
    public Mel2MelTrainingConfig with(Mel2MelLoss otherLoss, Integer otherTimbreSize, Long otherSeed) {
        Mel2MelTrainingConfig config = new Mel2MelTrainingConfig(description, licence, units,
                otherTimbreSize == null ? timbreSize : otherTimbreSize, otherLoss == null ? loss : otherLoss, conditioned, batch,
                frames, learningRate, finalLearningRate, halveSteps, clipNorm, averageDecay, checkpointSteps, validClips,
                otherSeed == null ? seed : otherSeed, sources);
        config.check("train mel2mel: ");
        return config;
    }

    /** The learning rate after so many steps, a share of the whole job. */
    double rate(long step, double share) {
        return finalLearningRate > 0
                ? learningRate * Math.pow(finalLearningRate / learningRate, share)
                : learningRate * Math.pow(0.5, (double) (step / halveSteps));
    }

    private void check(String where) {
        require(where, "units", units >= 1 && units <= 2048, "1 to 2048", units);
        require(where, "timbreSize", timbreSize >= 1 && timbreSize <= 256, "1 to 256", timbreSize);
        require(where, "loss", loss != null, "ABS, LOG_ABS, TANH_LOG_ABS or LOG_L1", loss);
        require(where, "batch", batch >= 1 && batch <= 4096, "1 to 4096", batch);
        require(where, "frames", frames >= 2 && frames <= 8192, "2 to 8192", frames);
        require(where, "learningRate", learningRate > 0 && learningRate < 1, "above 0, below 1", learningRate);
        require(where, "finalLearningRate", finalLearningRate >= 0 && finalLearningRate < 1, "0 or more, below 1",
                finalLearningRate);
        require(where, "halveSteps", halveSteps > 0, "at least 1", halveSteps);
        require(where, "clipNorm", clipNorm >= 0, "0 or more", clipNorm);
        require(where, "averageDecay", averageDecay >= 0 && averageDecay < 1, "0 or more, below 1", averageDecay);
        require(where, "checkpointSteps", checkpointSteps > 0, "at least 1", checkpointSteps);
        require(where, "validClips", validClips > 0, "at least 1", validClips);
        require(where, "sources", sources != null, "a list", sources);
    }
}
