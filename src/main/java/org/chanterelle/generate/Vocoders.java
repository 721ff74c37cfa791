package org.chanterelle.generate;

import java.nio.file.Path;
import org.chanterelle.model.vocoder.VocoderFolder;

/** Which vocoder a name means. */
public final class Vocoders {
    /** The one that needs no model. */
    public static final String GRIFFIN_LIM = "griffin-lim";

    private Vocoders() {}

    /**
     * A vocoder with the weights of a model folder.
     *
     * @throws org.chanterelle.signal.UserError when it is missing, damaged, of another kind, or no vocoder can be made of it
     */
    public static Vocoder load(Path folder) {
        return of(VocoderFolder.load(folder));
    }

    /** The same of a loaded model. */
    public static Vocoder of(VocoderFolder model) {
        return model.card().parallel() != null ? new ParallelVocoder(model) : new WaveNetVocoder(model, 1.0);
    }
}
