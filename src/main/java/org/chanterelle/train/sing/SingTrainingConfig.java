package org.chanterelle.train.sing;

import static org.chanterelle.train.ConfigJson.require;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.chanterelle.model.ModelCard;
import org.chanterelle.model.sing.SingConfig;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.ConfigJson;
import org.chanterelle.train.notes.NoteClasses;
import org.chanterelle.train.notes.NoteFolder;

/**
 * What {@code train sing --config} may set; every field has a default.
 *
 * @param description one sentence for the card
 * @param licence licence of the weights
 * @param network sizes; what the notes decide is not among them
 * @param initial weights before training
 * @param holdSeconds from a note's beginning to its release, for the card
 * @param loss what the decoder's audio is compared by
 * @param gainDb by which the notes are raised for training; the shipped weights take it back
 * @param truncationFrames control frames that the gradient goes back through in the second stage, and before a crop in the third
 * @param autoencoder the first stage
 * @param sequence the second
 * @param endToEnd the third
 * @param levelled whether pitches are raised to their notes' level after the last step, see {@link LevelMeter}; not as published
 * @param clipNorm largest gradient norm; 0 for no limit
 * @param checkpointSteps steps between checkpoints
 * @param validNotes most notes that a checkpoint is judged by
 * @param seed of everything random
 * @param sources licences and attributions
 */
public record SingTrainingConfig(
        String description,
        String licence,
        Network network,
        Initial initial,
        double holdSeconds,
        Loss loss,
        double gainDb,
        int truncationFrames,
        Stage autoencoder,
        Stage sequence,
        Stage endToEnd,
        boolean levelled,
        double clipNorm,
        int checkpointSteps,
        int validNotes,
        long seed,
        List<ModelCard.Source> sources) {

    private static final int LOSS_WINDOW = 1024;

    /** Weights before training. */
    public enum Initial {
        /** As torch draws them. */
        RANDOM,
        /** Encoder and decoder begin as a transform that gives back what it hears, see {@link LappedTransform}. */
        LAPPED
    }

    /** What the decoder's audio is compared by. */
    public enum Loss {
        /** Absolute difference of log power spectra. */
        SPECTRAL,
        /** Squared difference of audio frames. */
        WAVEFORM
    }

    /**
     * Sizes, as in {@link SingConfig}.
     *
     * @param timeSize 0 for no time embedding
     * @param carriers not as published
     */
    public record Network(int stride, int kernel, int context, int channels, int representation, int padding, int lstmUnits,
            int lstmLayers, int instrumentSize, int pitchSize, int velocitySize, int timeSize, boolean carriers) {
        Network withTimeSize(int size) {
            return new Network(stride, kernel, context, channels, representation, padding, lstmUnits, lstmLayers, instrumentSize,
                    pitchSize, velocitySize, size, carriers);
        }
    }

    /**
     * One stage.
     *
     * @param share of all steps or minutes, relative to the other stages' shares
     * @param steps length where the command line gives neither steps nor minutes
     * @param batch notes a step
     * @param cropFrames control frames of a note that the decoder is trained on in a step; 0 for all
     * @param learningRate at the stage's beginning
     * @param finalLearningRate at its end, reached exponentially
     */
    public record Stage(double share, long steps, int batch, int cropFrames, double learningRate, double finalLearningRate) {}

    /** What is used where a configuration file is silent: the published sizes, loss and rates. */
    public static SingTrainingConfig defaults() {
        return new SingTrainingConfig(
                "Single notes of many instruments, trained by Chanterelle.",
                "not stated",
                new Network(256, 1024, 9, 4096, 128, 2304, 1024, 3, 16, 8, 2, 4, false),
                Initial.RANDOM,
                3.0,
                Loss.SPECTRAL,
                0,
                32,
                new Stage(50, 0, 64, 0, 3e-4, 3e-4),
                new Stage(50, 0, 64, 0, 3e-4, 3e-4),
                new Stage(20, 0, 64, 0, 3e-4, 3e-4),
                false,
                0,
                500,
                64,
                1,
                List.of());
    }

    /**
     * Reads a configuration file over the defaults.
     *
     * @throws UserError naming the field that is unknown, malformed or out of range
     */
    public static SingTrainingConfig read(Path file) {
        SingTrainingConfig config = ConfigJson.read(
                file, defaults(), SingTrainingConfig.class, Set.of("network", "autoencoder", "sequence", "endToEnd"));
        config.check(file + ": ");
        return config;
    }

    /** The same with what an ablation changes; nulls leave as they are. */
    public SingTrainingConfig with(Loss otherLoss, Integer timeSize, Long otherSeed) {
        return new SingTrainingConfig(description, licence, timeSize == null ? network : network.withTimeSize(timeSize),
                initial, holdSeconds, otherLoss == null ? loss : otherLoss, gainDb, truncationFrames, autoencoder, sequence,
                endToEnd, levelled,
                clipNorm, checkpointSteps, validNotes, otherSeed == null ? seed : otherSeed, sources);
    }

    /** Settings of a stage. */
    public Stage stage(SingStage stage) {
        return switch (stage) {
            case AUTOENCODER -> autoencoder;
            case SEQUENCE -> sequence;
            case END_TO_END -> endToEnd;
        };
    }

    /** The network for some notes. */
    public SingConfig model(NoteClasses classes) {
        Network n = network;
        int frames = SingConfig.framesOf(NoteFolder.FRAMES, n.padding(), n.kernel(), n.stride());
        return new SingConfig(NoteFolder.RATE_HZ, n.stride(), n.kernel(), n.context(), n.channels(), n.representation(),
                n.padding(), n.lstmUnits(), n.lstmLayers(), n.instrumentSize(), n.pitchSize(), n.velocitySize(), n.timeSize(),
                n.carriers(),
                frames, holdSeconds, classes.instruments(), classes.lowestPitch(), classes.highestPitch(), classes.velocities());
    }

    private void check(String where) {
        require(where, "network", network != null, "the network's sizes", network);
        require(where, "network.stride", network.stride() >= 8, "at least 8", network.stride());
        NoteClasses one = new NoteClasses(List.of("any"), List.of("any"), List.of(1), 0, 0);
        model(one).check(where + "network.", "Correct it");
        require(where, "initial", initial != null, "RANDOM or LAPPED", initial);
        require(where, "loss", loss != null, "SPECTRAL or WAVEFORM", loss);
        require(where, "gainDb", gainDb >= -60 && gainDb <= 60, "-60 to 60", gainDb);
        require(where, "truncationFrames", truncationFrames > 0, "at least 1", truncationFrames);
        require(where, "clipNorm", clipNorm >= 0, "0 or more", clipNorm);
        require(where, "checkpointSteps", checkpointSteps > 0, "at least 1", checkpointSteps);
        require(where, "validNotes", validNotes > 0, "at least 1", validNotes);
        require(where, "sources", sources != null, "a list", sources);
        for (SingStage name : SingStage.values()) {
            check(where + name.label() + ".", stage(name), model(one));
        }
    }

    private static void check(String where, Stage stage, SingConfig model) {
        require(where, "share", stage != null && stage.share() >= 0 && stage.share() < 1e9, "0 or more", stage);
        require(where, "steps", stage.steps() >= 0, "0 or more", stage.steps());
        require(where, "batch", stage.batch() > 0 && stage.batch() <= 1024, "1 to 1024", stage.batch());
        int crop = stage.cropFrames();
        require(where, "cropFrames",
                crop == 0 || crop >= model.context() && crop <= model.frames() && model.outputSamples(crop) >= LOSS_WINDOW,
                "0, or enough for " + LOSS_WINDOW + " audio frames and at most " + model.frames(), crop);
        require(where, "learningRate", stage.learningRate() > 0 && stage.learningRate() < 1, "above 0, below 1",
                stage.learningRate());
        require(where, "finalLearningRate", stage.finalLearningRate() > 0 && stage.finalLearningRate() < 1, "above 0, below 1",
                stage.finalLearningRate());
    }
}
