package org.chanterelle.train.mel2mel;

import ai.djl.ndarray.NDArray;
import org.chanterelle.model.Scaled;

/** What a predicted spectrogram is compared by; means over all its values. The first three are the paper's. */
public enum Mel2MelLoss {
    /** Squared difference of magnitudes. */
    ABS {
        @Override
        NDArray of(NDArray predicted, NDArray wanted) {
            return predicted.clip(LOWEST, HIGHEST).exp().sub(wanted.exp()).square().mean();
        }
    },
    /** Squared difference of logarithms. */
    LOG_ABS {
        @Override
        NDArray of(NDArray predicted, NDArray wanted) {
            return predicted.sub(wanted).square().mean();
        }
    },
    /** Squared difference of {@code tanh(log / 4)}: what is near silence counts little, what is loud counts alike. */
    TANH_LOG_ABS {
        @Override
        NDArray of(NDArray predicted, NDArray wanted) {
            return Scaled.by(QUARTER, predicted).tanh().sub(Scaled.by(QUARTER, wanted).tanh()).square().mean();
        }
    },
    /** Absolute difference of logarithms: not the paper's; less blurred than squares. */
    LOG_L1 {
        @Override
        NDArray of(NDArray predicted, NDArray wanted) {
            return predicted.sub(wanted).abs().mean();
        }
    };

    private static final float QUARTER = 0.25f;

    /** Natural logarithms beyond which no magnitude lies; keeps an untrained network's exponentials finite. */
    private static final float HIGHEST = 10f;

    private static final float LOWEST = -40f;

    /** The loss, a scalar. */
    abstract NDArray of(NDArray predicted, NDArray wanted);

    /** As it is written in a card. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
