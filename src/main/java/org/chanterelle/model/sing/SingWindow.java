package org.chanterelle.model.sing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** The squared periodic Hann window over the kernels that meet the waveform: without it their edges would be heard. */
public final class SingWindow {
    private SingWindow() {}

    /** {@code kernel} factors, 0 to 1. */
    public static float[] values(int kernel) {
        float[] window = new float[kernel];
        for (int n = 0; n < kernel; n++) {
            double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / kernel);
            window[n] = (float) (hann * hann);
        }
        return window;
    }

    static NDArray on(NDManager manager, int kernel) {
        return manager.create(values(kernel));
    }
}
