package org.chanterelle.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.chanterelle.signal.UserError;

/** Where a training job runs. */
public final class TrainingDevice {
    private TrainingDevice() {}

    /** The first GPU or the CPU; throws UserError where there is no GPU. */
    public static Device of(boolean cuda) {
        if (!cuda) {
            return Device.cpu();
        }
        if (Engine.getInstance().getGpuCount() == 0) {
            throw new UserError("--device cuda: no GPU, or no CUDA libraries for PyTorch. Use --device cpu");
        }
        return Device.gpu();
    }
}
