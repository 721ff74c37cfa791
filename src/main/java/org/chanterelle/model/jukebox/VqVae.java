package org.chanterelle.model.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A level's autoencoder on the engine, for pieces that fit into memory. One thread. */
public final class VqVae implements AutoCloseable {
    private final VqVaeConfig config;
    private final NDManager root;
    private final VqVaeEncoder encoder;
    private final VqVaeDecoder decoder;
    private final Codebook codebook;

    /** Lends the weights to the engine until it is closed. */
    public VqVae(VqVaeFolder folder, Device device) {
        config = folder.card().config();
        root = NDManager.newBaseManager(device);
        Map<String, NDArray> weights = new HashMap<>();
        folder.weights().forEach((name, tensor) -> {
            if (!name.equals(VqVaeConfig.CODEBOOK)) {
                Shape shape = new Shape(IntStream.of(tensor.shape()).asLongStream().toArray());
                weights.put(name, root.create(tensor.values(), shape));
            }
        });
        encoder = new VqVaeEncoder(config, weights);
        decoder = new VqVaeDecoder(config, weights);
        codebook = folder.codebook();
    }

    /** Size and conventions. */
    public VqVaeConfig config() {
        return config;
    }

    /** Codes of a whole number of hops of audio. */
    public int[] encode(float[] audio, int offset, int frames) {
        try (NDManager manager = root.newSubManager()) {
            return codebook.nearest(rows(manager, audio, offset, frames)).codes();
        }
    }

    /** The encoder's outputs for a whole number of hops of audio before they are rounded, row after row. */
    public float[] outputs(float[] audio, int offset, int frames) {
        try (NDManager manager = root.newSubManager()) {
            return rows(manager, audio, offset, frames).toFloatArray();
        }
    }

    private NDArray rows(NDManager manager, float[] audio, int offset, int frames) {
        NDArray input = manager.create(java.util.Arrays.copyOfRange(audio, offset, offset + frames), new Shape(1, 1, frames));
        return encoder.forward(input).transpose(0, 2, 1).reshape(new Shape(-1, config.embedding()));
    }

    /** Audio of codes, a hop each, not limited to full scale. */
    public float[] decode(int[] codes, int offset, int count) {
        try (NDManager manager = root.newSubManager()) {
            int[] some = java.util.Arrays.copyOfRange(codes, offset, offset + count);
            NDArray vectors = manager.create(codebook.lookUp(some), new Shape(1, count, config.embedding())).transpose(0, 2, 1);
            return decoder.forward(vectors).toFloatArray();
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
