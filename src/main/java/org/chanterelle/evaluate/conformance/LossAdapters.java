package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.chanterelle.ddsp.SpectralLoss;
import org.chanterelle.ddsp.SpectralLoss.Convention;

/** Spectral losses between two recordings. */
final class LossAdapters {
    private LossAdapters() {}

    static Map<String, NpyArray> course(VectorCase vector, NDManager manager) {
        SpectralLoss loss = new SpectralLoss(vector.integers("ffts"), Convention.COURSE);
        NDArray a = clip(vector, "a", manager);
        NDArray b = clip(vector, "b", manager);
        List<NDArray> scales = loss.perScale(a, b);
        double[] perScale = scales.stream().mapToDouble(scale -> scale.toFloatArray()[0]).toArray();
        return Map.of("loss", NpyArray.of(loss.apply(a, b)), "per_scale", NpyArray.vector(perScale));
    }

    static Map<String, NpyArray> magenta(VectorCase vector, NDManager manager) {
        SpectralLoss loss = new SpectralLoss(vector.integers("ffts"), Convention.MAGENTA);
        NDArray a = clip(vector, "a", manager);
        NDArray b = clip(vector, "b", manager);
        return Map.of("loss", NpyArray.of(loss.apply(a, b)), "loss_mag_only", NpyArray.of(loss.magnitudeLoss(a, b)));
    }

    static Map<String, NpyArray> normalised(VectorCase vector, NDManager manager) {
        SpectralLoss loss = new SpectralLoss(vector.integers("ffts"), Convention.NORMALISED);
        return Map.of("loss", NpyArray.of(loss.apply(clip(vector, "a", manager), clip(vector, "b", manager))));
    }

    private static NDArray clip(VectorCase vector, String name, NDManager manager) {
        float[] audio = vector.audio(name);
        return manager.create(audio, new Shape(1, audio.length));
    }
}
