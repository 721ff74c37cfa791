package org.chanterelle.train.jukebox;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.Scaled;
import org.chanterelle.model.jukebox.CodeCondition;
import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.PriorNetwork;
import org.chanterelle.train.Parameters;
import org.chanterelle.train.TileProducts;

/** One batch of windows through a transformer: loss and gradient, or likelihoods. Everything it makes on the engine is gone when it returns. */
public final class PriorStep {
    private static final double NATS = Math.log(2);

    private final NDManager root;
    private final PriorConfig config;
    private final double lyricsLoss;

    /** On the engine of a manager, to judge. */
    public PriorStep(NDManager root, PriorConfig config) {
        this(root, config, 0);
    }

    /** @param lyricsLoss weight of a character that leads, where a code's is 1 */
    PriorStep(NDManager root, PriorConfig config, double lyricsLoss) {
        this.root = root;
        this.config = config;
        this.lyricsLoss = lyricsLoss;
    }

    /** Mean bits a code, and the gradient of the mean in nats by parameter name. */
    record Lesson(double bits, Map<String, float[]> gradients) {}

    Lesson learn(Parameters parameters, CodeWindows.Batch batch) {
        try (NDManager manager = root.newSubManager();
                TileProducts _ = TileProducts.open();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Map<String, NDArray> weights = parameters.lend(manager, true);
            PriorNetwork network = new PriorNetwork(config, weights);
            PriorNetwork.Conditioned conditioned = network.condition(manager, batch.conditions());
            PriorNetwork.Said said = network.said(manager, batch.codes(), conditioned);
            NDArray loss = PriorNetwork.loss(said.codes(), batch.codes(), batch.counted());
            collector.backward(said.lyrics() == null ? loss : both(loss, said.lyrics(), conditioned.leading()));
            Map<String, float[]> gradients = new LinkedHashMap<>();
            weights.forEach((name, array) -> {
                try (NDArray gradient = array.getGradient()) {
                    gradients.put(name, gradient.toFloatArray());
                }
            });
            return new Lesson(loss.getFloat() / NATS, gradients);
        }
    }

    /** As published: characters count less than codes, and by how many there are of both. */
    private NDArray both(NDArray codes, NDArray lyrics, int[][] characters) {
        float[] all = new float[characters.length * config.leading()];
        Arrays.fill(all, 1f);
        float share = (float) config.leading() / config.sequence();
        return Scaled.by(1 - share, codes)
                .add(Scaled.by((float) lyricsLoss * share, PriorNetwork.loss(lyrics, characters, all)));
    }

    /** Bits of each window: the sum over its own places, under other conditions than its own where {@code conditions} are. */
    public double[] bits(Parameters parameters, CodeWindows.Batch batch, List<CodeCondition> conditions) {
        try (NDManager manager = root.newSubManager()) {
            PriorNetwork network = new PriorNetwork(config, parameters.lend(manager, false));
            NDArray logits = network.logits(manager, batch.codes(), network.condition(manager, conditions));
            float[] each = PriorNetwork.likelihoods(logits, batch.codes()).toFloatArray();
            double[] bits = new double[conditions.size()];
            for (int i = 0; i < each.length; i++) {
                bits[i / config.context()] -= batch.counted()[i] * each[i] / NATS;
            }
            return bits;
        }
    }
}
