package org.chanterelle.train;

import static org.chanterelle.train.ConfigJson.require;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.chanterelle.ddsp.SpectralLoss;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.signal.UserError;

/**
 * What {@code train timbre --config} may set; every field has a default.
 *
 * @param description one sentence for the card
 * @param licence licence of the weights
 * @param network size and conventions; the number of rooms follows from {@code rooms}
 * @param folders folders under the data directory, each with the weight by which its minutes are drawn
 * @param validFolder folder of held-out recordings; when absent the last tenth of each recording is held out
 * @param rooms name of each learned reverb and the file-name pattern (glob) of its recordings, first match wins
 * @param sources licences and attributions, by file-name pattern in {@code files}
 * @param levelDbfs RMS level that every recording is brought to
 * @param batch crops a step
 * @param cropSeconds part of a crop that the loss sees
 * @param contextSeconds part before it, in which state and reverb build up
 * @param learningRate at the start
 * @param finalLearningRate at the end, reached exponentially
 * @param clipNorm largest gradient norm
 * @param averageDecay decay of the running average of weights that is shipped
 * @param maskUnpitched leaves loud but unpitched moments (double stops, noises) out of the loss
 * @param dropout share of the recurrence's inputs and outputs that a crop does without
 * @param levelJitterDb largest change of a crop's level, up or down
 * @param lossWindows of the spectral loss in audio frames, powers of two from 64 to 8192; at 32 kHz a window lasts half as long as at 16
 * @param checkpointSteps steps between checkpoints
 * @param seed of everything random
 * @param startFrom model folder whose weights of equal name and shape are started from, or empty
 */
public record TrainingConfig(
        String description,
        String licence,
        TimbreConfig network,
        Map<String, Double> folders,
        String validFolder,
        Map<String, String> rooms,
        List<ModelCard.Source> sources,
        double levelDbfs,
        int batch,
        double cropSeconds,
        double contextSeconds,
        double learningRate,
        double finalLearningRate,
        double clipNorm,
        double averageDecay,
        boolean maskUnpitched,
        double dropout,
        double levelJitterDb,
        int[] lossWindows,
        int checkpointSteps,
        long seed,
        String startFrom) {

    /** What is used where a configuration file is silent. */
    public static TrainingConfig defaults() {
        return new TrainingConfig(
                "An instrument trained by Chanterelle.",
                "not stated",
                new TimbreConfig(256, 60, 65, 16000, 200, 16000, 1, -5f, TimbreConfig.Skip.FEATURES),
                Map.of(".", 1.0),
                "valid",
                Map.of("room", "**"),
                List.of(),
                -21.0,
                4,
                2.0,
                0.5,
                1e-3,
                3e-5,
                3.0,
                0.999,
                true,
                0.0,
                0.0,
                SpectralLoss.course().windows(),
                500,
                1,
                "");
    }

    /**
     * Reads a configuration file over the defaults.
     *
     * @throws UserError naming the field that is unknown, malformed or out of range
     */
    public static TrainingConfig read(Path file) {
        TrainingConfig config = ConfigJson.read(file, defaults(), TrainingConfig.class, Set.of("network"));
        config.check(file + ": ");
        return config;
    }

    private boolean fits(int window) {
        return Integer.bitCount(window) == 1 && window >= 64 && window <= 8192 && window <= cropSeconds * network.sampleRateHz();
    }

    private void check(String where) {
        int rate = network.sampleRateHz();
        require(where, "network.sampleRateHz", rate == 16000 || rate == 32000 || rate == 44100 || rate == 48000,
                "16000, 32000, 44100 or 48000", rate);
        require(where, "network.controlRateHz", network.controlRateHz() >= 20 && rate % network.controlRateHz() == 0,
                "a divisor of " + rate + " of at least 20", network.controlRateHz());
        require(where, "network.units", network.units() > 0 && network.units() <= 4096, "1 to 4096", network.units());
        require(where, "network.harmonics", network.harmonics() > 0 && network.harmonics() <= 1024, "1 to 1024",
                network.harmonics());
        require(where, "network.noiseBands", network.noiseBands() > 1 && network.noiseBands() <= 2049, "2 to 2049",
                network.noiseBands());
        require(where, "batch", batch > 0 && batch <= 1024, "1 to 1024", batch);
        require(where, "cropSeconds", cropSeconds >= 0.2 && cropSeconds <= 60, "0.2 to 60", cropSeconds);
        require(where, "contextSeconds", contextSeconds >= 0 && contextSeconds <= 60, "0 to 60", contextSeconds);
        require(where, "learningRate", learningRate > 0 && learningRate < 1, "above 0, below 1", learningRate);
        require(where, "dropout", dropout >= 0 && dropout < 1, "0 to below 1", dropout);
        require(where, "levelJitterDb", levelJitterDb >= 0 && levelJitterDb <= 20, "0 to 20", levelJitterDb);
        require(where, "lossWindows",
                lossWindows != null && lossWindows.length > 0 && IntStream.of(lossWindows).allMatch(this::fits),
                "powers of two from 64 to 8192, none longer than a crop", Arrays.toString(lossWindows));
        require(where, "checkpointSteps", checkpointSteps > 0, "at least 1", checkpointSteps);
        require(where, "rooms", !rooms.isEmpty(), "at least one", rooms);
        require(where, "folders", !folders.isEmpty(), "at least one", folders);
    }

    /** The network with as many rooms as are named. */
    public TimbreConfig model() {
        return new TimbreConfig(
                network.units(),
                network.harmonics(),
                network.noiseBands(),
                network.sampleRateHz(),
                network.controlRateHz(),
                network.reverbTaps(),
                network.reverbTaps() > 0 ? rooms.size() : 0,
                network.noiseBias(),
                network.skip());
    }

    /** Audio frames a control frame at the model's rate. */
    public int hop() {
        return (int) Math.round(network.sampleRateHz() / network.controlRateHz());
    }
}
