package org.chanterelle.train.vocoder;

import static org.chanterelle.train.ConfigJson.require;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.vocoder.ParallelConfig;
import org.chanterelle.model.vocoder.WaveNetConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.ConfigJson;

/**
 * What {@code train vocoder --config} may set; every field has a default.
 *
 * @param description one sentence for the card
 * @param licence licence of the weights
 * @param parallel size of the parallel network
 * @param wavenet size of WaveNet; {@code condition} 0 trains it without mel
 * @param batch crops a step
 * @param cropRows rows of the mel spectrogram in a crop, 8 ms each
 * @param learningRate at the beginning
 * @param finalLearningRate at the end, reached exponentially
 * @param clipNorm largest gradient norm
 * @param adversarialShare share of the whole training, at its end, in which a critic helps the parallel network
 * @param adversarialWeight of the critic's opinion beside the spectral loss
 * @param maxMinutes of recordings that are read, spread over all files
 * @param gainJitterDb crops are played at levels up to this much up or down
 * @param checkpointSteps steps between checkpoints
 * @param validCrops held-out crops that a checkpoint is judged by
 * @param seed of everything random
 * @param sources licences and attributions
 */
public record VocoderTrainingConfig(
        String description,
        String licence,
        ParallelConfig parallel,
        WaveNetConfig wavenet,
        int batch,
        int cropRows,
        double learningRate,
        double finalLearningRate,
        double clipNorm,
        double adversarialShare,
        double adversarialWeight,
        double maxMinutes,
        double gainJitterDb,
        int checkpointSteps,
        int validCrops,
        long seed,
        List<ModelCard.Source> sources) {

    /** Which network. */
    public enum Kind {
        /** Works at the rate of the mel spectrogram. */
        PARALLEL,
        /** One audio frame after the other. */
        WAVENET
    }

    /** What is used where a configuration file is silent; WaveNet as published but for its 1,000,000 steps. */
    public static VocoderTrainingConfig defaults(Kind kind) {
        boolean parallel = kind == Kind.PARALLEL;
        return new VocoderTrainingConfig(
                parallel
                        ? "Makes mel spectrograms sound, trained by Chanterelle."
                        : "Makes mel spectrograms sound, one audio frame after the other (WaveNet), trained by Chanterelle.",
                "not stated",
                new ParallelConfig(256, 512, 6, 7),
                WaveNetConfig.published(),
                parallel ? 8 : 4,
                parallel ? 64 : 128,
                parallel ? 1e-3 : 1e-3,
                parallel ? 5e-5 : 5e-5,
                parallel ? 5 : 10,
                0.25,
                0.05,
                120,
                6,
                500,
                16,
                1,
                List.of());
    }

    /**
     * Reads a configuration file over the defaults.
     *
     * @throws UserError naming the field that is unknown, malformed or out of range
     */
    public static VocoderTrainingConfig read(Path file, Kind kind) {
        VocoderTrainingConfig config = ConfigJson.read(
                file, defaults(kind), VocoderTrainingConfig.class, Set.of("parallel", "wavenet"));
        config.check(file + ": ");
        return config;
    }

    private void check(String where) {
        require(where, "parallel.channels", parallel.channels() >= 2 && parallel.channels() <= 4096, "2 to 4096", parallel);
        require(where, "parallel.hidden", parallel.hidden() >= 2 && parallel.hidden() <= 4096, "2 to 4096", parallel);
        require(where, "parallel.blocks", parallel.blocks() >= 1 && parallel.blocks() <= 64, "1 to 64", parallel);
        require(where, "parallel.kernel", parallel.kernel() % 2 == 1 && parallel.kernel() >= 1 && parallel.kernel() <= 31,
                "an odd number from 1 to 31", parallel);
        require(where, "wavenet.layers", wavenet.layers() >= 1 && wavenet.layers() <= 100, "1 to 100", wavenet);
        require(where, "wavenet.cycle", wavenet.cycle() >= 1 && wavenet.cycle() <= 14, "1 to 14", wavenet);
        require(where, "wavenet.channels", wavenet.channels() >= 2 && wavenet.channels() <= 4096, "2 to 4096", wavenet);
        require(where, "wavenet.skip", wavenet.skip() >= 2 && wavenet.skip() <= 4096, "2 to 4096", wavenet);
        require(where, "wavenet.condition", wavenet.condition() >= 0 && wavenet.condition() <= 4096, "0 to 4096", wavenet);
        require(where, "batch", batch > 0 && batch <= 1024, "1 to 1024", batch);
        require(where, "cropRows", cropRows >= 8 && cropRows <= 4096, "8 to 4096", cropRows);
        require(where, "learningRate", learningRate > 0 && learningRate < 1, "above 0, below 1", learningRate);
        require(where, "finalLearningRate", finalLearningRate > 0 && finalLearningRate < 1, "above 0, below 1",
                finalLearningRate);
        require(where, "clipNorm", clipNorm > 0, "above 0", clipNorm);
        require(where, "adversarialShare", adversarialShare >= 0 && adversarialShare <= 1, "0 to 1", adversarialShare);
        require(where, "adversarialWeight", adversarialWeight >= 0 && adversarialWeight <= 10, "0 to 10", adversarialWeight);
        require(where, "maxMinutes", maxMinutes > 0 && maxMinutes <= 1000, "above 0, at most 1000", maxMinutes);
        require(where, "gainJitterDb", gainJitterDb >= 0 && gainJitterDb <= 40, "0 to 40", gainJitterDb);
        require(where, "checkpointSteps", checkpointSteps > 0, "at least 1", checkpointSteps);
        require(where, "validCrops", validCrops > 0 && validCrops <= 1024, "1 to 1024", validCrops);
        require(where, "sources", sources != null, "a list", sources);
    }
}
