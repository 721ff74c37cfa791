package org.chanterelle.inference;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
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
        if (gpusOrFail() == 0) {
            throw new UserError("--device cuda: no GPU, or no CUDA libraries for PyTorch. Use --device cpu");
        }
    }

    private static int gpusOrFail() {
        try {
            return gpus();
        } catch (EngineException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UserError("--device cuda: PyTorch cannot be loaded: " + why + ". Use --device cpu", e);
        }
    }
}
