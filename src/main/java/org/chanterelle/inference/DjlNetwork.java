package org.chanterelle.inference;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Cleaner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.timbre.Normalisation;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.model.timbre.TimbreDecoder;

/** A timbre model's weights on one of DJL's devices. They are freed when nobody holds the network any more. */
public final class DjlNetwork implements LiveNetwork {
    // Players change while the old one still sounds, so that nobody knows who is the last; the arrays are no Java memory.
    private static final Cleaner CLEANER = Cleaner.create();

    private final TimbreConfig config;
    private final Normalisation normalisation;
    final NDManager manager;
    final TimbreDecoder network;

    /**
     * The first GPU.
     *
     * @throws org.chanterelle.signal.UserError where there is none
     */
    public static DjlNetwork onCuda(ModelFolder model) {
        ComputeDevices.requireCuda();
        return new DjlNetwork(model.card().config(), model.card().normalisation(), model.weights(), Device.gpu());
    }

    /** On the CPU, to compare with. */
    public static DjlNetwork onCpu(TimbreConfig config, Normalisation normalisation, Map<String, Tensor> weights) {
        return new DjlNetwork(config, normalisation, weights, Device.cpu());
    }

    /** Copies weights of the names and shapes of {@link TimbreConfig#weightShapes()} to a device. */
    private DjlNetwork(TimbreConfig config, Normalisation normalisation, Map<String, Tensor> weights, Device device) {
        this.config = config;
        this.normalisation = normalisation;
        manager = NDManager.newBaseManager(device);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> arrays.put(
                name, manager.create(tensor.values(), new Shape(IntStream.of(tensor.shape()).asLongStream().toArray()))));
        network = new TimbreDecoder(config, arrays);
        CLEANER.register(this, manager::close);
    }

    @Override
    public TimbreConfig config() {
        return config;
    }

    @Override
    public Normalisation normalisation() {
        return normalisation;
    }

    @Override
    public StepDecoder decoder(int voices) {
        return new DjlStepDecoder(this, voices);
    }
}
