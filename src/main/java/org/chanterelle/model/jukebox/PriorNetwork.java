package org.chanterelle.model.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.chanterelle.model.Scaled;

/** A prior or an upsampler over whole windows, differentiable. Holds no array of its own. */
public final class PriorNetwork {
    private static final String UPPER = "conditioner_blocks.0.";

    private final PriorConfig config;
    private final Map<String, NDArray> weights;
    private final Transformer transformer;

    /** With weights by the names and shapes of {@link PriorConfig#weightShapes()}. */
    public PriorNetwork(PriorConfig config, Map<String, NDArray> weights) {
        this.config = config;
        this.weights = weights;
        transformer = new Transformer(config.transformer(), weights, "prior.", config.lyricsReach());
    }

    /**
     * What conditions make of a window before any code is known.
     *
     * @param start what stands in the place of a code before the first, shape (batch, width)
     * @param added to every place of a code, shape (batch, context, width)
     * @param lyrics what the readers read, shape (batch, characters, width); null for a model without
     * @param leading characters before the codes of each item; null for a model without
     */
    public record Conditioned(NDArray start, NDArray added, NDArray lyrics, int[][] leading) {}

    /** Runs the parts that read conditions. */
    public Conditioned condition(NDManager manager, List<CodeCondition> conditions) {
        conditions.forEach(condition -> CodeConditions.check(config, condition));
        NDArray added = timing(manager, conditions);
        if (config.upper() != null) {
            NDArray upper = upper(manager, conditions);
            added = added == null ? upper : added.add(upper);
        }
        if (added == null) {
            added = manager.zeros(new Shape(conditions.size(), config.context(), config.transformer().width()));
        }
        return new Conditioned(labels(manager, conditions), added,
                config.readers() == 0 ? null : lyrics(manager, conditions),
                config.leading() == 0 ? null : conditions.stream().map(CodeCondition::lyrics).toArray(int[][]::new));
    }

    private NDArray labels(NDManager manager, List<CodeCondition> conditions) {
        int[] artists = conditions.stream().mapToInt(CodeCondition::artist).toArray();
        int genres = config.genres().size();
        float[] named = new float[conditions.size() * genres];
        for (int item = 0; item < conditions.size(); item++) {
            for (int genre : conditions.get(item).genres()) {
                named[item * genres + genre] += 1f;
            }
        }
        NDArray several = manager.create(named, new Shape(conditions.size(), genres))
                .matMul(weights.get("y_emb.bow_genre_emb.emb.weight"));
        return rows(manager, "y_emb.artist_emb.emb.weight", artists).add(several);
    }

    private NDArray rows(NDManager manager, String table, int[] places) {
        NDArray found = weights.get(table).get(manager.create(places));
        found.attach(manager);
        return found;
    }

    private NDArray timing(NDManager manager, List<CodeCondition> conditions) {
        if (config.timingBins() == 0) {
            return null;
        }
        int context = config.context();
        int[][] bins = new int[CodeConditions.TIMINGS][conditions.size() * context];
        for (int item = 0; item < conditions.size(); item++) {
            for (int place = 0; place < context; place++) {
                int[] one = CodeConditions.timing(config, conditions.get(item), place);
                for (int timing = 0; timing < one.length; timing++) {
                    bins[timing][item * context + place] = one[timing];
                }
            }
        }
        NDArray sum = rows(manager, "y_emb.total_length_emb.emb.weight", bins[0])
                .add(rows(manager, "y_emb.absolute_pos_emb.emb.weight", bins[1]))
                .add(rows(manager, "y_emb.relative_pos_emb.emb.weight", bins[2]));
        return sum.reshape(new Shape(conditions.size(), context, config.transformer().width()));
    }

    private NDArray upper(NDManager manager, List<CodeCondition> conditions) {
        int[] codes = conditions.stream().flatMapToInt(c -> java.util.Arrays.stream(c.upperCodes())).toArray();
        PriorConfig.Upper upper = config.upper();
        NDArray x = rows(manager, UPPER + "x_emb.weight", codes)
                .reshape(new Shape(conditions.size(), config.upperContext(), config.transformer().width())).transpose(0, 2, 1);
        int[] dilations = VqVaeConfig.dilations(upper.depth(), upper.dilationGrowth(), upper.dilationCycle());
        float share = upper.scaled() ? (float) (1 / Math.sqrt(upper.depth())) : 1f;
        String name = UPPER + "cond.model.";
        x = Convolution.same(weights, name + "0", x, 1);
        for (int i = 1; i <= upper.doublings(); i++) {
            x = new ResidualStack(name + i + ".0", weights, dilations, share).forward(x);
            x = Convolution.twice(weights, name + i + ".1", x);
        }
        return transformer.norm(x.transpose(0, 2, 1), UPPER + "ln");
    }

    private NDArray lyrics(NDManager manager, List<CodeCondition> conditions) {
        int characters = config.lyrics().characters();
        TransformerConfig inner = config.lyrics().transformer();
        int[] all = conditions.stream().flatMapToInt(c -> java.util.Arrays.stream(c.lyrics())).toArray();
        String name = PriorConfig.LYRICS + "prior.";
        NDArray x = rows(manager, name + "x_emb.weight", all)
                .reshape(new Shape(conditions.size(), characters, inner.width()))
                .add(weights.get(name + "pos_emb.pos_emb"));
        NDArray read = new Transformer(inner, weights, name).forward(x);
        return transformer.norm(transformer.linear(read, PriorConfig.LYRICS + "state_proj"), PriorConfig.LYRICS + "state_ln");
    }

    /**
     * Logits of every place of a window, each from the codes before it.
     *
     * @param codes a whole context for each item
     * @return shape (batch, context, codes)
     */
    public NDArray logits(NDManager manager, int[][] codes, Conditioned conditioned) {
        return said(manager, codes, conditioned).codes();
    }

    /**
     * What is foreseen in the places of a sequence.
     *
     * @param codes logits of the codes in their places, shape (batch, context, codes)
     * @param lyrics logits of the characters in those before, shape (batch, leading, alphabet); null for a model without
     */
    public record Said(NDArray codes, NDArray lyrics) {}

    /** The same as {@link #logits}, for the lyrics that stand before the codes as well. */
    public Said said(NDManager manager, int[][] codes, Conditioned conditioned) {
        int width = config.transformer().width();
        int sequence = config.sequence();
        int leading = config.leading();
        int[] flat = new int[codes.length * sequence];
        for (int item = 0; item < codes.length; item++) {
            int at = item * sequence;
            if (leading > 0) {
                System.arraycopy(conditioned.leading()[item], 0, flat, at, leading);
            }
            for (int place = 0; place < config.context(); place++) {
                flat[at + leading + place] = config.firstCode() + codes[item][place];
            }
        }
        NDArray embedded = rows(manager, "prior.x_emb.weight", flat).reshape(new Shape(codes.length, sequence, width));
        NDArray shifted = conditioned.start().expandDims(1).concat(embedded.get(":, :{}, :", sequence - 1), 1);
        NDArray added = leading == 0
                ? conditioned.added()
                : manager.zeros(new Shape(codes.length, leading, width)).concat(conditioned.added(), 1);
        NDArray x = shifted.add(weights.get("prior.pos_emb.pos_emb")).add(added);
        NDArray y = transformer.forward(x, (layer, made) -> {
            int reader = config.readerAfter(layer);
            return reader < 0 ? made : transformer.read(made, conditioned.lyrics(), PriorConfig.reader(reader));
        });
        if (config.tied()) {
            y = y.add(added);
        }
        NDArray table = weights.get(config.outputName());
        if (leading == 0) {
            return new Said(y.matMul(table.transpose()), null);
        }
        // A place of a code is no place of a character: neither has to be told from the other.
        return new Said(y.get(":, {}:, :", leading).matMul(table.get("{}:, :", config.firstCode()).transpose()),
                y.get(":, :{}, :", leading).matMul(table.get(":{}, :", config.firstCode()).transpose()));
    }

    /**
     * Mean negative log likelihood of codes in nats.
     *
     * @param logits shape (batch, context, codes)
     * @param counted 1 for every place that counts, else 0; shape (batch * context)
     */
    public static NDArray loss(NDArray logits, int[][] codes, float[] counted) {
        NDManager manager = logits.getManager();
        NDArray each = likelihoods(logits, codes);
        float sum = 0;
        for (float one : counted) {
            sum += one;
        }
        return Scaled.by(-1f / Math.max(1f, sum), each.mul(manager.create(counted)).sum());
    }

    /** Log likelihood of each code in nats, shape (batch * context). */
    public static NDArray likelihoods(NDArray logits, int[][] codes) {
        NDManager manager = logits.getManager();
        long count = logits.getShape().get(0) * logits.getShape().get(1);
        long[] flat = java.util.Arrays.stream(codes).flatMapToInt(java.util.Arrays::stream).asLongStream().toArray();
        NDArray places = manager.create(flat, new Shape(count, 1));
        return logits.reshape(new Shape(count, logits.getShape().get(2))).logSoftmax(1)
                .gather(places.toType(DataType.INT64, false), 1).reshape(new Shape(count));
    }

    /** Keys and values that the readers of lyrics read, each of shape (batch, characters, 2 * attentionWidth). */
    public NDList readings(Conditioned conditioned) {
        NDList readings = new NDList();
        for (int reader = 0; reader < config.readers(); reader++) {
            readings.add(transformer.linear(conditioned.lyrics(), PriorConfig.reader(reader) + "attn.c_enc_kv"));
        }
        return readings;
    }
}
