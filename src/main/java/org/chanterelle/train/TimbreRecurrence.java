package org.chanterelle.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Carries the decoder's GRU between the engine's arrays (batch first) and {@link GruRecurrence} (frames first). */
final class TimbreRecurrence {
    private final int batch;
    private final int frames;
    private final int units;
    private final GruRecurrence recurrence;
    private float[] hiddenGradient;

    TimbreRecurrence(Parameters parameters, int batch, int frames, int units) {
        this.batch = batch;
        this.frames = frames;
        this.units = units;
        recurrence = new GruRecurrence(
                batch,
                frames,
                units,
                parameters.tensors().get("gru.weight_hh_l0").values(),
                parameters.tensors().get("gru.bias_hh_l0").values());
    }

    /** States for {@code projected}, shape (batch, frames, 3 units); shape (batch, frames, units). */
    NDArray forward(NDArray projected) {
        recurrence.forward(projected.stopGradient().transpose(1, 0, 2).toFloatArray());
        float[] states = recurrence.states();
        NDArray framesFirst = projected.getManager()
                .create(Arrays.copyOfRange(states, batch * units, states.length), new Shape(frames, batch, units));
        return framesFirst.transpose(1, 0, 2);
    }

    /** Gradient by {@code projected} from that by the states. */
    NDArray backward(NDArray stateGradient) {
        float[] projectedGradient = new float[frames * batch * 3 * units];
        hiddenGradient = new float[projectedGradient.length];
        recurrence.backward(stateGradient.transpose(1, 0, 2).toFloatArray(), projectedGradient, hiddenGradient);
        NDArray framesFirst = stateGradient.getManager().create(projectedGradient, new Shape(frames, batch, 3L * units));
        return framesFirst.transpose(1, 0, 2);
    }

    /** Gradient by the hidden-to-hidden weights, after {@link #backward}. */
    float[] weightGradient(NDManager manager) {
        NDArray gates = manager.create(hiddenGradient, new Shape((long) frames * batch, 3L * units));
        float[] before = Arrays.copyOf(recurrence.states(), frames * batch * units);
        return gates.transpose().matMul(manager.create(before, new Shape((long) frames * batch, units))).toFloatArray();
    }

    /** Gradient by the hidden-to-hidden bias, after {@link #backward}. */
    float[] biasGradient() {
        float[] sum = new float[3 * units];
        for (int i = 0; i < hiddenGradient.length; i++) {
            sum[i % sum.length] += hiddenGradient[i];
        }
        return sum;
    }
}
