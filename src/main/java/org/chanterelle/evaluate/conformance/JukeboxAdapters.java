package org.chanterelle.evaluate.conformance;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chanterelle.generate.jukebox.SamplingFilter;
import org.chanterelle.model.jukebox.Codebook;
import org.chanterelle.model.jukebox.VqVaeConfig;
import org.chanterelle.model.jukebox.VqVaeDecoder;
import org.chanterelle.model.jukebox.VqVaeEncoder;

/** Jukebox's autoencoder with the released code's weights and conventions. */
final class JukeboxAdapters {
    private JukeboxAdapters() {}

    static Map<String, NpyArray> autoencoder(VectorCase vector, NDManager manager) {
        Map<String, NDArray> weights = NetworkAdapters.weights(vector, manager, Map.of("enc.", "enc.", "dec.", "dec."));
        List<Integer> downs = Arrays.stream(vector.integers("downs")).boxed().toList();
        int embedding = (int) weights.get("dec.out.weight").getShape().get(1);
        VqVaeConfig config = new VqVaeConfig(16000, downs.size() - 1, downs, vector.integer("width"), vector.integer("depth"),
                vector.integer("dilation_growth"), 0, embedding, 2);
        List<NDArray> all = new VqVaeEncoder(config, weights).allBlocks(vector.in("x").on(manager));
        Map<String, NpyArray> outputs = new HashMap<>();
        for (int level = 0; level < all.size(); level++) {
            outputs.put("z" + level, NpyArray.of(all.get(level)));
        }
        outputs.put("y", NpyArray.of(new VqVaeDecoder(config, weights).allBlocks(all)));
        return outputs;
    }

    static Map<String, NpyArray> filter(VectorCase vector) {
        NpyArray logits = vector.in("logits");
        double temperature = vector.number("temperature");
        return Map.of("probs_topk", filtered(logits, new SamplingFilter(temperature, vector.integer("top_k"), 1)),
                "probs_topp", filtered(logits, new SamplingFilter(temperature, 0, vector.number("top_p"))));
    }

    private static NpyArray filtered(NpyArray logits, SamplingFilter filter) {
        int codes = logits.shape()[logits.shape().length - 1];
        double[][] rows = new double[logits.values().length / codes][codes];
        for (int row = 0; row < rows.length; row++) {
            filter.probabilities(Arrays.copyOfRange(logits.floats(), row * codes, (row + 1) * codes), rows[row]);
        }
        return NpyArray.matrix(rows);
    }

    static Map<String, NpyArray> quantise(VectorCase vector, NDManager manager) {
        NpyArray x = vector.in("x");
        int batch = x.shape()[0];
        int width = x.shape()[1];
        int frames = x.shape()[2];
        int codes = vector.integer("k_bins");
        Codebook codebook = new Codebook(
                codes, width, vector.in("k").floats(), vector.in("k_sum").floats(), vector.in("k_elem").floats());
        NDArray rows = x.on(manager).transpose(0, 2, 1).reshape(new Shape((long) batch * frames, width));
        float[] values = rows.toFloatArray();
        Codebook.Nearest nearest = codebook.nearest(rows);
        NDArray quantised = manager.create(codebook.lookUp(nearest.codes()), new Shape(batch, frames, width)).transpose(0, 2, 1);
        float[] fresh = new float[codes * width];
        NpyArray order = vector.in("perm");
        for (int code = 0; code < codes; code++) {
            System.arraycopy(values, (int) order.values()[code] * width, fresh, code * width, width);
        }
        Codebook.Usage usage = codebook.update(
                values, nearest.codes(), fresh, vector.number("mu"), vector.number("threshold"));
        Map<String, NpyArray> outputs = new HashMap<>();
        outputs.put("codes", new NpyArray(
                new int[] {batch, frames}, IntStream.of(nearest.codes()).asDoubleStream().toArray()));
        outputs.put("quantised", NpyArray.of(quantised));
        outputs.put("commit_loss", NpyArray.scalar(nearest.meanSquaredDistance() / width));
        outputs.put("fit", NpyArray.scalar(nearest.meanSquaredDistance()));
        outputs.put("prenorm", NpyArray.scalar(rows.sub(rows.mean()).square().mean().sqrt().getFloat()));
        outputs.put("new_k", NpyArray.of(new int[] {codes, width}, codebook.vectors()));
        outputs.put("new_k_sum", NpyArray.of(new int[] {codes, width}, codebook.sums()));
        outputs.put("new_k_elem", NpyArray.vector(codebook.counts()));
        outputs.put("entropy", NpyArray.scalar(usage.entropy()));
        outputs.put("used_curr", NpyArray.scalar(usage.usedNow()));
        outputs.put("usage", NpyArray.scalar(usage.used()));
        outputs.put("dk", NpyArray.scalar(usage.movement()));
        return outputs;
    }
}
