package org.chanterelle.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.chanterelle.model.ModelConfig;
import org.chanterelle.model.Tensor;

/**
 * The trainable values as plain arrays, lent to the engine afresh for each step: nothing of a step outlives it, and a checkpoint is
 * a copy.
 */
public final class Parameters {
    private final Map<String, Tensor> tensors;

    private Parameters(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /** The given tensors, not copied. */
    public static Parameters of(Map<String, Tensor> tensors) {
        return new Parameters(tensors);
    }

    /** Freshly drawn: torch's defaults for linear and recurrent layers, nearly silent rooms. */
    public static Parameters initialise(ModelConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int fanIn = 1;
        for (Map.Entry<String, int[]> entry : config.weightShapes().entrySet()) {
            String name = entry.getKey();
            int[] shape = entry.getValue();
            boolean bias = name.contains("bias");
            if (shape.length == 2) {
                fanIn = name.startsWith("gru.") ? shape[0] / 3 : shape[1];
            }
            boolean norm = name.matches("mlp_\\w+\\.(1|4|7)\\..*");
            float[] values = new float[(int) Tensor.size(shape)];
            double bound = name.equals("reverb") ? 1e-3 : norm ? 0.0 : 1.0 / Math.sqrt(fanIn);
            double centre = norm && !bias ? 1.0 : 0.0;
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (centre + bound * (2.0 * random.nextDouble() - 1.0));
            }
            tensors.put(name, new Tensor(shape, values));
        }
        return new Parameters(tensors);
    }

    /**
     * Takes over the values of every tensor of the same name and shape. A model with more harmonics takes those that the other has,
     * and begins the higher ones like the highest.
     */
    public void adopt(Map<String, Tensor> others) {
        tensors.forEach((name, tensor) -> {
            Tensor other = others.get(name);
            if (other == null) {
                return;
            }
            if (Arrays.equals(other.shape(), tensor.shape())) {
                System.arraycopy(other.values(), 0, tensor.values(), 0, tensor.values().length);
            } else if (name.startsWith("head_harmonics.") && rowLength(other) == rowLength(tensor)) {
                adoptRows(other, tensor);
            }
        });
    }

    private static int rowLength(Tensor tensor) {
        return tensor.values().length / tensor.shape()[0];
    }

    private static void adoptRows(Tensor from, Tensor to) {
        int length = rowLength(to);
        for (int row = 0; row < to.shape()[0]; row++) {
            int source = Math.min(row, from.shape()[0] - 1);
            System.arraycopy(from.values(), source * length, to.values(), row * length, length);
        }
    }

    /** Those whose names fit, not copied. */
    public Parameters only(Predicate<String> names) {
        Map<String, Tensor> some = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (names.test(name)) {
                some.put(name, tensor);
            }
        });
        return new Parameters(some);
    }

    /** A deep copy. */
    public Parameters copy() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, new Tensor(tensor.shape(), tensor.values().clone())));
        return new Parameters(copies);
    }

    /** All zeros, same names and shapes. */
    public Parameters zeros() {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> zeros.put(name, new Tensor(tensor.shape(), new float[tensor.values().length])));
        return new Parameters(zeros);
    }

    /** By name, in file order. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /** Arrays on a manager's device. */
    public Map<String, NDArray> lend(NDManager manager, boolean requiresGradient) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            long[] shape = IntStream.of(tensor.shape()).asLongStream().toArray();
            NDArray array = manager.create(tensor.values(), new Shape(shape));
            array.setRequiresGradient(requiresGradient);
            arrays.put(name, array);
        });
        return arrays;
    }

    /** Moves every value a share of the way to {@code target}: an exponential moving average. */
    public void approach(Parameters target, float share) {
        tensors.forEach((name, tensor) -> {
            float[] own = tensor.values();
            float[] other = target.tensors.get(name).values();
            for (int i = 0; i < own.length; i++) {
                own[i] += share * (other[i] - own[i]);
            }
        });
    }
}
