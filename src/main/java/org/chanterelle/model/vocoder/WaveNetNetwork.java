package org.chanterelle.model.vocoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Map;

/** WaveNet on NDArrays, for training; channels last, dilated convolutions as products with the frames and their pasts side by side. */
public final class WaveNetNetwork {
    /** Code of silence, which stands before the first audio frame. */
    public static final int SILENCE = 128;

    private final WaveNetConfig config;
    private final Map<String, NDArray> weights;

    /** With weights by the names and shapes of {@link WaveNetConfig#weightShapes()}. */
    public WaveNetNetwork(WaveNetConfig config, Map<String, NDArray> weights) {
        this.config = config;
        this.weights = weights;
    }

    /** What the stack gives: residual channels after the last layer, and scores of the codes; channels last. */
    public record Output(NDArray residual, NDArray logits) {}

    /** A weight to the 8 significant bits of a bfloat16, ties to even. */
    public static float round(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
    }

    /**
     * Scores of each audio frame's code.
     *
     * @param before code of the frame before each, shape (batch, audioFrames), int32
     * @param logMel shape (batch, rows, 80), 128 audio frames a row; null for a network without mel
     * @return shape (batch, audioFrames, 256)
     */
    public NDArray forward(NDArray before, NDArray logMel) {
        NDArray table = weights.get("embed.weight");
        Shape shape = before.getShape();
        NDArray x = before.getNDArrayInternal().embedding(before, table, ai.djl.ndarray.types.SparseFormat.DENSE)
                .singletonOrThrow().reshape(shape.get(0), shape.get(1), config.channels());
        return stack(x, logMel == null ? null : condition(logMel)).logits;
    }

    /**
     * The condition at audio rate: two transposed convolutions, each output on two inputs.
     *
     * @return shape (batch, 128 rows, condition)
     */
    public NDArray condition(NDArray logMel) {
        NDArray x = logMel.add(ParallelConfig.INPUT_OFFSET).div(ParallelConfig.INPUT_SCALE);
        return upsample("up2", upsample("up1", x, WaveNetConfig.FIRST_STRIDE), WaveNetConfig.SECOND_STRIDE);
    }

    /** Output {@code i * stride + p} is of input i by tap p and of input i - 1 by tap stride + p; before the first lies nothing. */
    private NDArray upsample(String name, NDArray x, int stride) {
        NDArray weight = weights.get(name + ".weight");
        long inputs = weight.getShape().get(0);
        long outputs = weight.getShape().get(1);
        NDArray both = shifted(x, 1).concat(x, 2);
        NDArray now = weight.get(":, :, :" + stride);
        NDArray past = weight.get(":, :, " + stride + ":");
        NDArray matrix = past.concat(now, 0).transpose(0, 2, 1).reshape(2 * inputs, stride * outputs);
        Shape shape = x.getShape();
        return both.matMul(matrix).reshape(shape.get(0), shape.get(1) * stride, outputs).add(weights.get(name + ".bias"));
    }

    /**
     * The dilated layers and the output.
     *
     * @param x shape (batch, audioFrames, channels)
     * @param condition shape (batch, audioFrames, condition), or null
     */
    public Output stack(NDArray x, NDArray condition) {
        NDArray residual = x;
        NDList gated = new NDList();
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = "l" + layer + ".";
            NDArray z = gated(name, shifted(residual, config.dilation(layer)), residual, condition);
            gated.add(z);
            residual = residual.add(pointwise(name + "res", z));
        }
        NDArray hidden = Activation.relu(pointwise("out1", Activation.relu(skips(gated))));
        return new Output(residual, pointwise("out2", hidden));
    }

    private NDArray gated(String name, NDArray past, NDArray now, NDArray condition) {
        int channels = config.channels();
        NDArray dilated = weights.get(name + "dil.weight").transpose(2, 1, 0).reshape(2L * channels, 2L * channels);
        NDList inputs = new NDList(past, now);
        NDList matrices = new NDList(dilated);
        if (condition != null) {
            inputs.add(condition);
            matrices.add(matrix(name + "cond"));
        }
        NDArray gates = NDArrays.concat(inputs, 2).matMul(NDArrays.concat(matrices)).add(weights.get(name + "dil.bias"));
        NDList halves = gates.split(2, 2);
        return Activation.tanh(halves.get(0)).mul(Activation.sigmoid(halves.get(1)));
    }

    /** One product for the skip connections of all layers: twenty sums of as many channels would cost more than all else. */
    private NDArray skips(NDList gated) {
        NDList matrices = new NDList();
        NDArray bias = null;
        for (int layer = 0; layer < config.layers(); layer++) {
            matrices.add(matrix("l" + layer + ".skip"));
            NDArray own = weights.get("l" + layer + ".skip.bias");
            bias = bias == null ? own : bias.add(own);
        }
        return NDArrays.concat(gated, 2).matMul(NDArrays.concat(matrices)).add(bias);
    }

    private NDArray pointwise(String name, NDArray x) {
        return x.matMul(matrix(name)).add(weights.get(name + ".bias"));
    }

    /** Of a convolution one frame wide, shape (inputs, outputs). */
    private NDArray matrix(String name) {
        NDArray weight = weights.get(name + ".weight");
        return weight.reshape(weight.getShape().get(0), weight.getShape().get(1)).transpose();
    }

    /** Later by some frames, zeros before. */
    private static NDArray shifted(NDArray x, int frames) {
        Shape shape = x.getShape();
        long length = shape.get(1);
        NDArray zeros = x.getManager().zeros(new Shape(shape.get(0), Math.min(frames, length), shape.get(2)));
        return frames >= length ? zeros : zeros.concat(x.get(new NDIndex(":, :{}, :", length - frames)), 1);
    }
}
