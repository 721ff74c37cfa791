package org.chanterelle.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.signal.UserError;

/** The arrays of a checkpoint, by name; several sets of parameters side by side, each with its prefix. */
public final class CheckpointArrays {
    private static final String FIRST = "first.";
    private static final String SECOND = "second.";

    private final Map<String, Tensor> arrays;
    private final Path file;

    private CheckpointArrays(Map<String, Tensor> arrays, Path file) {
        this.arrays = arrays;
        this.file = file;
    }

    /** Of a checkpoint that is to be written: an optimiser's. */
    public static CheckpointArrays of(Adam adam) {
        return new CheckpointArrays(new LinkedHashMap<>(), null)
                .with(FIRST, adam.firstMoment())
                .with(SECOND, adam.secondMoment());
    }

    /**
     * Reads those of a checkpoint.
     *
     * @throws UserError when the file is damaged
     */
    static CheckpointArrays read(Path file) {
        try {
            return new CheckpointArrays(Safetensors.read(file), file);
        } catch (UserError e) {
            throw unfit(file, e);
        }
    }

    /** The same and these, not copied. */
    public CheckpointArrays with(String prefix, Parameters parameters) {
        parameters.tensors().forEach((name, tensor) -> arrays.put(prefix + name, tensor));
        return this;
    }

    /** The same and this one, not copied. */
    public CheckpointArrays with(String name, int[] shape, float[] values) {
        arrays.put(name, new Tensor(shape, values));
        return this;
    }

    Map<String, Tensor> all() {
        return arrays;
    }

    /**
     * Parameters of the given shapes.
     *
     * @throws UserError when one is missing or of another size
     */
    public Parameters parameters(String prefix, Map<String, int[]> shapes) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, new Tensor(shape, values(prefix + name, Tensor.size(shape)))));
        return Parameters.of(tensors);
    }

    /**
     * An optimiser of parameters of the given shapes.
     *
     * @param steps that it has made
     * @throws UserError when an array is missing or of another size
     */
    public Adam adam(Map<String, int[]> shapes, long steps) {
        return new Adam(parameters(FIRST, shapes), parameters(SECOND, shapes), steps);
    }

    /**
     * One array.
     *
     * @throws UserError when it is missing or of another size
     */
    public float[] values(String name, long size) {
        Tensor tensor = arrays.get(name);
        if (tensor == null || tensor.values().length != size) {
            throw unfit(file, null);
        }
        return tensor.values();
    }

    private static UserError unfit(Path file, Exception cause) {
        return new UserError(file + ": damaged or incomplete checkpoint, or one of another network configuration. Give another"
                + " --out, or delete " + file.getParent() + " to start afresh", cause);
    }
}
