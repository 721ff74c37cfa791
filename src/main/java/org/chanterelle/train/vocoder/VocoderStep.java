package org.chanterelle.train.vocoder;

import java.util.Map;
import java.util.SplittableRandom;
import org.chanterelle.model.Tensor;
import org.chanterelle.train.Parameters;

/** What one kind of vocoder does in a step. Everything it makes on the engine is gone when a method returns. */
sealed interface VocoderStep permits ParallelStep, WaveNetStep {
    /** Loss and its gradient by parameter name. */
    record Gradient(double loss, Map<String, float[]> gradients) {}

    /** All that is learnt, freshly drawn; those of the model come first. */
    Parameters initialise(long seed);

    /**
     * One batch.
     *
     * @param done how much of the training is over, 0 to 1
     */
    Gradient step(Parameters parameters, double done, SplittableRandom random);

    /** Loss over the held-out crops, without gradient. */
    double validate(Parameters parameters);

    /** What {@link #validate} measures, for the card. */
    String measure();

    /** The weights as they are shipped. */
    Map<String, Tensor> shipped(Parameters parameters);
}
