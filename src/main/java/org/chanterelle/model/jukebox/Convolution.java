package org.chanterelle.model.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import java.util.Map;

/** Convolutions along the last axis of arrays of shape (batch, channels, frames), with weights by name in torch's layout. */
final class Convolution {
    private static final Shape ONE = new Shape(1);

    private Convolution() {}

    /** Keeps the length: kernel 3, or 1 with no padding. */
    static NDArray same(Map<String, NDArray> weights, String name, NDArray x, int dilation) {
        NDArray weight = weights.get(name + ".weight");
        long padding = (weight.getShape().get(2) - 1) / 2 * dilation;
        return Conv1d.conv1d(x, weight, weights.get(name + ".bias"), ONE, new Shape(padding), new Shape(dilation))
                .singletonOrThrow();
    }

    /** Halves the length: kernel 4, stride 2, padding 1. */
    static NDArray halve(Map<String, NDArray> weights, String name, NDArray x) {
        return Conv1d.conv1d(x, weights.get(name + ".weight"), weights.get(name + ".bias"), new Shape(2), ONE, ONE)
                .singletonOrThrow();
    }

    /**
     * Doubles the length: a transposed convolution of kernel 4, stride 2, padding 1. DJL has none: even and odd outputs are two
     * convolutions with half the kernel each, here as one with twice the channels.
     */
    static NDArray twice(Map<String, NDArray> weights, String name, NDArray x) {
        NDArray weight = weights.get(name + ".weight");
        long outputs = weight.getShape().get(1);
        NDArray turned = weight.transpose(1, 0, 2);
        NDArray zero = tap(turned, 0).zerosLike();
        NDArray even = NDArrays.concat(new NDList(tap(turned, 3), tap(turned, 1), zero), 2);
        NDArray odd = NDArrays.concat(new NDList(zero, tap(turned, 2), tap(turned, 0)), 2);
        NDArray both = NDArrays.concat(new NDList(even, odd), 0);
        NDArray bias = weights.get(name + ".bias");
        NDArray y = Conv1d.conv1d(x, both, NDArrays.concat(new NDList(bias, bias), 0), ONE, ONE, ONE).singletonOrThrow();
        long batch = x.getShape().get(0);
        long frames = x.getShape().get(2);
        return y.reshape(batch, 2, outputs, frames).transpose(0, 2, 3, 1).reshape(batch, outputs, 2 * frames);
    }

    private static NDArray tap(NDArray kernel, int index) {
        return kernel.get(new NDIndex(":, :, {}:{}", index, index + 1));
    }
}
