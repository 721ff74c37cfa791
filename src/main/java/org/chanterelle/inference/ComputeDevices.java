package org.chanterelle.inference;

import ai.djl.engine.Engine;
import org.chanterelle.signal.UserError;

/** What networks can run on here. */
public final class ComputeDevices {
    private ComputeDevices() {}

    /** GPUs that PyTorch can use. */
    public static int gpus() {
        return Engine.getInstance().getGpuCount();
    }

    /** Throws UserError where there is no GPU. */
    public static void requireCuda() {
        if (gpus() == 0) {
            throw new UserError("--device cuda: no GPU, or no CUDA libraries for PyTorch. Use --device cpu");
        }
    }
}
