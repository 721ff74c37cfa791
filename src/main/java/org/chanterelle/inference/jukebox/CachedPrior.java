package org.chanterelle.inference.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.inference.Linear;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.CodePrior;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorFolder;
import org.chanterelle.model.jukebox.PriorNetwork;

/**
 * A prior or an upsampler that keeps keys and values of what it has read: a code costs one pass of one row. Conditions run once a window
 * on the engine, the rest is plain Java. The results of an item do not depend on the others of its batch. Sessions may run on several
 * threads, {@link #open} on one at a time.
 */
public final class CachedPrior implements CodePrior, AutoCloseable {
    private final PriorConfig config;
    private final NDManager root;
    private final PriorNetwork network;
    final List<CachedLayer> layers = new ArrayList<>();
    final List<CachedLayer> readers = new ArrayList<>();
    final float[] embeddings;
    final float[] places;
    final Linear out;

    /** Packs the weights of {@link PriorConfig#weightShapes()}; those that read conditions are lent to the engine until it is closed. */
    public CachedPrior(PriorConfig config, Map<String, Tensor> weights) {
        this.config = config;
        for (int layer = 0; layer < config.transformer().depth(); layer++) {
            layers.add(new CachedLayer(config.transformer(), weights, "prior.transformer._attn_mods." + layer + "."));
        }
        for (int reader = 0; reader < config.readers(); reader++) {
            readers.add(new CachedLayer(config.transformer(), weights, PriorConfig.reader(reader)));
        }
        embeddings = weights.get("prior.x_emb.weight").values();
        places = weights.get("prior.pos_emb.pos_emb").values();
        int width = config.transformer().width();
        float[] table = weights.get(config.outputName()).values();
        float[] ofCodes = Arrays.copyOfRange(table, config.firstCode() * width, table.length);
        out = Linear.pack(ofCodes, new float[config.codes()], width);
        root = NDManager.newBaseManager(Device.cpu());
        Map<String, NDArray> lent = new HashMap<>();
        weights.forEach((name, tensor) -> {
            if (!name.startsWith("prior.")) {
                Shape shape = new Shape(IntStream.of(tensor.shape()).asLongStream().toArray());
                lent.put(name, root.create(tensor.values(), shape));
            }
        });
        network = new PriorNetwork(config, lent);
    }

    /** A model that was loaded. */
    public static CachedPrior of(PriorFolder folder) {
        return new CachedPrior(folder.card().config(), folder.weights());
    }

    /** Size, labels and conventions. */
    public PriorConfig config() {
        return config;
    }

    @Override
    public int codes() {
        return config.codes();
    }

    @Override
    public int contextCodes() {
        return config.context();
    }

    @Override
    public long sessionBytes(int batch) {
        int width = config.transformer().attentionWidth();
        long cache = config.transformer().depth() * KeyValueCache.bytes(batch, config.sequence(), width);
        int characters = config.readers() == 0 ? 0 : config.lyrics().characters();
        long readings = config.readers() * KeyValueCache.bytes(batch, characters, width);
        long added = (long) Float.BYTES * batch * config.context() * config.transformer().width();
        // The conditioner's activations on the engine come and go before the first code.
        long conditioner = config.upper() == null ? 0 : 8L * Float.BYTES * batch * config.context() * config.upper().width();
        return cache + readings + 3 * added + conditioner + (long) Float.BYTES * batch * config.codes();
    }

    @Override
    public Session open(List<CodeCondition> conditions) {
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("a session of no items");
        }
        try (NDManager manager = root.newSubManager()) {
            PriorNetwork.Conditioned conditioned = network.condition(manager, conditions);
            List<KeyValueCache> readings = new ArrayList<>();
            NDList list = network.readings(conditioned);
            list.forEach(reading -> readings.add(reading(reading, conditions.size())));
            return new CachedSession(this, conditions, conditioned.start().toFloatArray(),
                    conditioned.added().toFloatArray(), readings);
        }
    }

    private KeyValueCache reading(NDArray reading, int batch) {
        int characters = config.lyrics().characters();
        int width = config.transformer().attentionWidth();
        KeyValueCache cache = new KeyValueCache(batch, characters, width, config.transformer().heads());
        float[] values = reading.toFloatArray();
        for (int item = 0; item < batch; item++) {
            for (int place = 0; place < characters; place++) {
                cache.put(item, place, values, (item * characters + place) * 2 * width);
            }
        }
        return cache;
    }

    @Override
    public void close() {
        root.close();
    }
}
