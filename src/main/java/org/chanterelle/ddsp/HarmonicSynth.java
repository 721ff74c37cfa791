package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * Additive synthesis of a harmonic sound, differentiable in the amplitudes (Engel et al. 2020, eq. 2–4).
 *
 * <p>With {@link Upsampling#LINEAR_HELD}, the law of the product, the amplitudes at both ends of each control period are multiplied
 * with the sines and cross-faded, which never holds amplitudes at audio rate; other laws upsample first.
 */
public final class HarmonicSynth {
    private final int hop;
    private final Upsampling amplitudeLaw;
    private final HarmonicBasis basis;

    /** For {@code harmonics} and {@code hop} audio frames a control frame; amplitudes follow {@code amplitudeLaw}, the pitch straight lines. */
    public HarmonicSynth(double sampleRateHz, int hop, int harmonics, Upsampling amplitudeLaw) {
        this.hop = hop;
        this.amplitudeLaw = amplitudeLaw;
        this.basis = new HarmonicBasis(sampleRateHz, hop, harmonics);
    }

    /**
     * Renders. The gradient must have been taken before the next call: the sines share a buffer.
     *
     * @param f0Hz for each clip of the batch, one value a control frame
     * @param amplitudes linear amplitude of each harmonic, already masked; shape (batch, frames, harmonics)
     * @return audio, shape (batch, frames * hop)
     */
    public NDArray render(float[][] f0Hz, NDArray amplitudes) {
        Shape shape = amplitudes.getShape();
        long batch = shape.get(0);
        long frames = shape.get(1);
        long harmonics = shape.get(2);
        NDArray sines = basis.sines(amplitudes.getManager(), f0Hz);
        if (amplitudeLaw != Upsampling.LINEAR_HELD) {
            NDArray upsampled = amplitudeLaw.apply(amplitudes, hop).reshape(batch * frames, hop, harmonics);
            return upsampled.transpose(0, 2, 1).mul(sines).sum(new int[] {1}).reshape(batch, frames * hop);
        }
        NDArray next = NDArrays.concat(new NDList(amplitudes.get(":, 1:"), amplitudes.get(":, -1:")), 1);
        NDArray ends = NDArrays.stack(new NDList(amplitudes, next), 2).reshape(batch * frames, 2, harmonics);
        return ends.matMul(sines).mul(crossFade(amplitudes)).sum(new int[] {1}).reshape(batch, frames * hop);
    }

    private NDArray crossFade(NDArray like) {
        float[] fade = new float[2 * hop];
        for (int n = 0; n < hop; n++) {
            fade[hop + n] = (float) n / hop;
            fade[n] = 1f - fade[hop + n];
        }
        return like.getManager().create(fade, new Shape(1, 2, hop));
    }
}
