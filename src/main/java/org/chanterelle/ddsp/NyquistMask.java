package org.chanterelle.ddsp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Mutes the harmonics that would alias. */
public enum NyquistMask {
    /** Harmonics at or above Nyquist become 0: magenta's law, and ours. */
    ZERO(0.0),
    /** Every amplitude is multiplied by the mask plus 1e-4: ddsp_pytorch's law. */
    LEAKY(1e-4);

    private final double leak;

    NyquistMask(double leak) {
        this.leak = leak;
    }

    /**
     * Applies the mask.
     *
     * @param f0Hz shape (batch, frames, 1)
     * @param amplitudes shape (batch, frames, harmonics)
     * @return shape of {@code amplitudes}
     */
    public NDArray apply(NDArray f0Hz, NDArray amplitudes, double sampleRateHz) {
        long harmonics = amplitudes.getShape().get(2);
        NDArray numbers = f0Hz.getManager().arange(1f, harmonics + 1f).toType(DataType.FLOAT32, false);
        NDArray audible = f0Hz.mul(numbers).lt(sampleRateHz / 2.0).toType(DataType.FLOAT32, false);
        return amplitudes.mul(leak == 0.0 ? audible : audible.add(leak));
    }
}
