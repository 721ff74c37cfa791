package org.chanterelle.train.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorFolder;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;
import org.chanterelle.train.LossPoint;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TrainingDevice;
import org.chanterelle.train.TrainingResult;
import org.chanterelle.train.TrainingState;
import org.chanterelle.train.music.MusicFolder;
import org.chanterelle.train.notes.NoteSet;

/**
 * Trains a prior or an upsampler on the codes of a prepared music folder. The same arguments on the same output folder go on where a
 * killed run stopped: every step's randomness derives from the seed and the step's number.
 */
public final class PriorTrainer {
    private final Request request;
    private final Listener listener;

    /**
     * What to train.
     *
     * @param data folder made by {@code prepare music}; codes are kept in it
     * @param out model folder to make; its {@code training} folder holds checkpoints and curves
     * @param config settings
     * @param codes autoencoder of the level that is modelled
     * @param upper autoencoder of the level above; null for a prior
     * @param from model to begin with; null for none
     * @param lyrics whether it is to read lyrics
     * @param steps in all, or 0
     * @param minutes to spend over all runs, or 0
     * @param cuda whether to use a GPU
     * @param command what the user typed, for the card
     */
    public record Request(Path data, Path out, PriorTrainingConfig config, Path codes, Path upper, Path from, boolean lyrics,
            long steps, double minutes, boolean cuda, String command) {}

    /** Hears how it goes; called on the training thread. */
    public interface Listener {
        /** A recording is being read or encoded. */
        void reading(double share, String name);

        /** The data are ready. */
        void loaded(long trainCodes, long validCodes, PriorConfig network, long resumedAtStep);

        /** A step was made. */
        void step(long step, double bits, double share, double secondsLeft);

        /** A checkpoint was written; losses are bits a code. */
        void checkpoint(LossPoint point, boolean best);
    }

    /** Prepares; {@link #run} does the work. */
    public PriorTrainer(Request request, Listener listener) {
        this.request = request;
        this.listener = listener;
        if (!(request.steps() > 0 ^ request.minutes() > 0)) {
            throw new UserError("train " + (request.upper() == null ? "prior" : "upsampler")
                    + ": give either --steps or --minutes, above 0");
        }
    }

    /**
     * Trains to the end; losses of the result are bits a code of held-out windows.
     *
     * @throws UserError when data, models, output or device cannot be used
     */
    public TrainingResult run() {
        PriorTrainingConfig settings = request.config();
        VqVaeFolder own = VqVaeFolder.load(request.codes());
        VqVaeFolder above = request.upper() == null ? null : VqVaeFolder.load(request.upper());
        if (above != null) {
            checkLevels(own.card().config(), above.card().config());
        }
        PriorFolder from = request.from() == null ? null : PriorFolder.load(request.from());
        Device device = TrainingDevice.of(request.cuda());
        MusicFolder folder = MusicFolder.open(request.data());
        CodedMusic.Labels labels = from == null
                ? CodedMusic.Labels.of(folder)
                : new CodedMusic.Labels(from.card().config().artists(), from.card().config().genres());
        CodedMusic music = CodedMusic.read(folder, labels, own, above, List.of(NoteSet.TRAIN, NoteSet.VALID), listener::reading);
        PriorConfig network = network(own, above, from, labels, music);
        network.check("");
        Path training = request.out().resolve("training");
        TrainingState state = TrainingState.load(training, network);
        if (state == null && Files.exists(request.out().resolve(ModelFolder.CARD))) {
            throw new UserError(request.out() + ": holds a finished model without its training folder. Give another --out");
        }
        long resumedAt = state == null ? 0 : state.progress.step();
        if (state == null) {
            state = TrainingState.start(begin(network, from));
        }
        listener.loaded(CodedMusic.count(music.train()), CodedMusic.count(music.valid()), network, resumedAt);
        try (NDManager manager = NDManager.newBaseManager(device)) {
            Files.createDirectories(training);
            PriorStep stepper = new PriorStep(manager, network, settings.lyricsLoss());
            return new PriorLoop(request, listener, network, music, stepper, training, state).run();
        } catch (IOException e) {
            throw new UserError(1, training + ": checkpoint cannot be written: " + e.getMessage()
                    + ". Free some space and run the same command to go on", e);
        }
    }

    private void checkLevels(VqVaeConfig own, VqVaeConfig above) {
        boolean fits = above.hop() > own.hop() && above.hop() % own.hop() == 0 && above.sampleRateHz() == own.sampleRateHz()
                && Integer.bitCount(above.hop() / own.hop()) == 1;
        if (!fits) {
            throw new UserError(String.format("%s: hop %d at %d Hz is no level above %s of hop %d at %d Hz. Name the next coarser"
                    + " level of the same rate", request.upper(), above.hop(), above.sampleRateHz(), request.codes(), own.hop(),
                    own.sampleRateHz()));
        }
    }

    private PriorConfig network(VqVaeFolder own, VqVaeFolder above, PriorFolder from, CodedMusic.Labels labels,
            CodedMusic music) {
        PriorTrainingConfig settings = request.config();
        if (from == null) {
            return settings.model(own.card().config(), own.checksum(), above == null ? null : above.card().config(),
                    above == null ? 0 : above.checksum(), labels, music.longestSeconds(own.card().config().sampleRateHz()),
                    request.lyrics());
        }
        from.checkCodesOf(own);
        if (above != null) {
            from.checkUpperCodesOf(above);
        }
        PriorConfig known = from.card().config();
        if ((known.upper() == null) != (above == null)) {
            throw new UserError(request.from() + ": " + (above == null ? "an upsampler" : "a prior")
                    + ". Go on with the command that made it");
        }
        if (!request.lyrics() || known.lyrics() != null) {
            return known;
        }
        PriorConfig singing = known.withLyrics(settings.lyrics());
        if (singing.leading() > 0) {
            throw new UserError(request.from() + ": lyrics in one sequence with the codes cannot be added to a trained prior."
                    + " Give settings whose lyrics have a transformer, or leave --from out");
        }
        return singing;
    }

    private Parameters begin(PriorConfig network, PriorFolder from) {
        Parameters weights = PriorWeights.initialise(network, request.config().initialScale(), request.config().seed());
        if (from != null) {
            PriorWeights.adopt(weights, from.weights());
        }
        return weights;
    }
}
