package org.chanterelle.generate.jukebox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.jukebox.PriorCard;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorFolder;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;

/**
 * The models of all levels, the bottom one first, which fit each other. Of the priors only what is known of them: each is loaded when
 * its level's turn has come.
 *
 * @param autoencoders one a level
 * @param priors upsamplers, and last the top level's prior
 */
public record JukeboxModels(List<VqVaeFolder> autoencoders, List<PriorAt> priors) {
    private static final List<String> NAMES = List.of("bottom", "middle", "top");

    /**
     * A prior that is not loaded.
     *
     * @param path its folder
     * @param card what is known of it
     */
    public record PriorAt(Path path, PriorCard card) {
        /** Size and conventions. */
        public PriorConfig config() {
            return card.config();
        }
    }

    /** Copies the lists and throws UserError, naming a model, when levels, codes or trainings do not fit. */
    public JukeboxModels {
        autoencoders = List.copyOf(autoencoders);
        priors = List.copyOf(priors);
        if (autoencoders.isEmpty() || autoencoders.size() != priors.size()) {
            throw new UserError(autoencoders.size() + " autoencoders and " + priors.size()
                    + " priors; expected one of each for every level. Correct the preset");
        }
        for (int level = 0; level < autoencoders.size(); level++) {
            check(autoencoders, priors, level);
        }
    }

    /** Loads autoencoders and the priors' cards. */
    public static JukeboxModels load(List<Path> autoencoders, List<Path> priors) {
        return new JukeboxModels(autoencoders.stream().map(VqVaeFolder::load).toList(),
                priors.stream().map(path -> new PriorAt(path, PriorFolder.loadCard(path))).toList());
    }

    private static void check(List<VqVaeFolder> autoencoders, List<PriorAt> priors, int level) {
        VqVaeFolder own = autoencoders.get(level);
        VqVaeConfig config = own.card().config();
        PriorAt prior = priors.get(level);
        PriorFolder unloaded = new PriorFolder(prior.path(), prior.card(), Map.of());
        boolean top = level == autoencoders.size() - 1;
        boolean fits = config.level() == level && prior.config().level() == level && prior.config().codes() == config.codes()
                && (prior.config().upper() == null) == top;
        if (!fits) {
            throw new UserError(own.card().name() + " of level " + config.level() + " and " + prior.card().name() + " of level "
                    + prior.config().level() + (prior.config().upper() == null ? " as a prior" : " as an upsampler")
                    + ": expected level " + level + (top ? " and a prior" : " and an upsampler")
                    + ". Correct the preset: levels go from the bottom up");
        }
        unloaded.checkCodesOf(own);
        if (!top) {
            VqVaeFolder above = autoencoders.get(level + 1);
            unloaded.checkUpperCodesOf(above);
            VqVaeConfig upper = above.card().config();
            if (upper.sampleRateHz() != config.sampleRateHz() || upper.hop() != config.hop() * prior.config().upper().ratio()) {
                throw new UserError(prior.card().name() + ": " + prior.config().upper().ratio() + " codes to one above; "
                        + above.card().name() + " has hop " + upper.hop() + " at " + upper.sampleRateHz() + " Hz, "
                        + own.card().name() + " " + config.hop() + " at " + config.sampleRateHz() + " Hz. Correct the preset");
            }
        }
    }

    /** How many levels there are. */
    public int levels() {
        return autoencoders.size();
    }

    /** What a level is called. */
    public String name(int level) {
        return levels() == NAMES.size() ? NAMES.get(level) : "level-" + level;
    }

    /** Frames of audio a second. */
    public int sampleRateHz() {
        return autoencoders.getFirst().card().config().sampleRateHz();
    }

    /** Audio frames of one code. */
    public int hop(int level) {
        return autoencoders.get(level).card().config().hop();
    }

    /** Codes to one of the level above; 1 for the top level. */
    public int ratio(int level) {
        PriorConfig.Upper upper = priors.get(level).config().upper();
        return upper == null ? 1 : upper.ratio();
    }

    /** Names that a list holds, not so many that a line is too long. */
    static String known(List<String> names) {
        List<String> some = new ArrayList<>(names.subList(0, Math.min(40, names.size())));
        if (some.size() < names.size()) {
            some.add((names.size() - some.size()) + " more");
        }
        return String.join(", ", some);
    }
}
