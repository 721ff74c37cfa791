package org.chanterelle.train.sing;

import java.util.Locale;
import org.chanterelle.model.sing.SingConfig;

/** The stages of training, in their order. */
public enum SingStage {
    /** Encoder and decoder give back what they hear. */
    AUTOENCODER,
    /** The generator follows the encoder. */
    SEQUENCE,
    /** Generator and decoder together follow the notes. */
    END_TO_END;

    /** Whether a weight is learned in this stage. */
    public boolean learns(String weight) {
        return switch (this) {
            case AUTOENCODER -> !weight.startsWith(SingConfig.GENERATOR);
            case SEQUENCE -> weight.startsWith(SingConfig.GENERATOR);
            case END_TO_END -> !weight.startsWith(SingConfig.ENCODER);
        };
    }

    /** Whether this is the last. */
    public boolean isLast() {
        return this == END_TO_END;
    }

    /** The one after; not of the last. */
    public SingStage next() {
        return values()[ordinal() + 1];
    }

    /** For people and file names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
