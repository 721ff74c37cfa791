package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Convolution with a learned impulse response, the dry sound added unchanged. The response is {@code tanh(p) e^(-d t)}, its first
 * value 0: the envelope keeps what little is learned late from being noise.
 */
public final class LearnedReverb {
    private final double sampleRateHz;
    private final double decayPerSecond;

    /** For responses at {@code sampleRateHz} under an envelope of {@code decayPerSecond} nepers a second. */
    public LearnedReverb(double sampleRateHz, double decayPerSecond) {
        this.sampleRateHz = sampleRateHz;
        this.decayPerSecond = decayPerSecond;
    }

    /**
     * Impulse responses without the dry sound.
     *
     * @param parameters shape (rooms, taps)
     * @return the same shape
     */
    public NDArray impulseResponses(NDArray parameters) {
        int taps = (int) parameters.getShape().get(1);
        NDArray envelope = parameters.getManager().create(envelope(taps), new Shape(1, taps));
        return parameters.tanh().mul(envelope);
    }

    /** The envelope that multiplies {@code tanh(p)}: 0, then exponential decay. */
    public float[] envelope(int taps) {
        float[] envelope = new float[taps];
        for (int n = 1; n < taps; n++) {
            envelope[n] = (float) Math.exp(-decayPerSecond * n / sampleRateHz);
        }
        return envelope;
    }

    /**
     * Adds the room.
     *
     * @param dry shape (batch, audioFrames)
     * @param impulseResponses shape (batch, taps) or (1, taps)
     * @return shape of {@code dry}
     */
    public static NDArray apply(NDArray dry, NDArray impulseResponses) {
        return dry.add(FftConvolution.full(dry, impulseResponses, (int) dry.getShape().get(1)));
    }
}
