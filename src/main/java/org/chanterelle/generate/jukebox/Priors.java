package org.chanterelle.generate.jukebox;

import org.chanterelle.inference.jukebox.CachedPrior;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorFolder;

/** Loads the prior of a level when its turn has come, and lets it go. */
public interface Priors {
    /** Loads one. */
    CodePrior load(int level);

    /** Gives back what a loaded one holds. */
    void release(CodePrior prior);

    /** Those of models on disk. */
    static Priors of(JukeboxModels models) {
        return new Priors() {
            @Override
            public CodePrior load(int level) {
                return CachedPrior.of(PriorFolder.load(models.priors().get(level).path()));
            }

            @Override
            public void release(CodePrior prior) {
                ((CachedPrior) prior).close();
            }
        };
    }
}
