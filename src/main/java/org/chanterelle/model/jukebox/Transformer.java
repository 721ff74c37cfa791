package org.chanterelle.model.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;
import java.util.Map;
import org.chanterelle.model.Scaled;

/** Transformer blocks with factorised attention (Child et al. 2019), over whole contexts. Holds no array of its own. */
public final class Transformer {
    private static final float EPSILON = 1e-5f;
    private static final float SHARPNESS = 1.702f;

    private final TransformerConfig config;
    private final Map<String, NDArray> weights;
    private final String prefix;
    private final int lyricsReach;

    /** Reads other things than codes after some layers. */
    interface Reader {
        /** What comes out after layer {@code layer} has made {@code x}. */
        NDArray after(int layer, NDArray x);
    }

    /** With weights whose names begin with {@code prefix}. */
    public Transformer(TransformerConfig config, Map<String, NDArray> weights, String prefix) {
        this(config, weights, prefix, 0);
    }

    /** The same whose {@link TransformerConfig.Pattern#LYRICS} reads the first {@code lyricsReach} places. */
    Transformer(TransformerConfig config, Map<String, NDArray> weights, String prefix, int lyricsReach) {
        this.config = config;
        this.lyricsReach = lyricsReach;
        this.weights = weights;
        this.prefix = prefix;
    }

    /** All layers. {@code x} of shape (batch, context, width), the context a multiple of the blocks. */
    public NDArray forward(NDArray x) {
        return forward(x, (layer, y) -> y);
    }

    NDArray forward(NDArray x, Reader reader) {
        NDArray y = x;
        for (int layer = 0; layer < config.depth(); layer++) {
            String name = prefix + "transformer._attn_mods." + layer + ".";
            NDArray attended = attention(norm(y, name + "ln_0"), name + "attn.", config.pattern(layer));
            y = withMlp(y.add(attended), name);
            y = reader.after(layer, y);
        }
        return y;
    }

    /** A layer that reads {@code source}, shape (batch, length, readWidth), whole. */
    NDArray read(NDArray x, NDArray source, String name) {
        NDArray query = linear(norm(x, name + "ln_0"), name + "attn.c_attn");
        NDList pair = linear(source, name + "attn.c_enc_kv").split(2, 2);
        NDArray attended = merged(attend(heads(query), heads(pair.get(0)), heads(pair.get(1)), null));
        return withMlp(x.add(linear(attended, name + "attn.c_proj")), name);
    }

    /** Attention with its two matrices, without the layer's norm. */
    public NDArray attention(NDArray x, String name, TransformerConfig.Pattern pattern) {
        NDList three = linear(x, name + "c_attn").split(3, 2);
        NDArray query = three.get(0);
        NDArray key = three.get(1);
        NDArray value = three.get(2);
        NDArray attended = switch (pattern) {
            case DENSE -> merged(causal(query, key, value));
            case LYRICS -> merged(causal(query, first(key), first(value)));
            case ROW -> whole(merged(causal(rows(query), rows(key), rows(value))), x);
            case COLUMN -> columnsBack(merged(causal(columns(query), columns(key), columns(value))), x);
            case PREVIOUS_ROW -> whole(
                    merged(attend(heads(rows(query)), heads(rows(later(key))), heads(rows(later(value))), null)), x);
        };
        return linear(attended, name + "c_proj");
    }

    private NDArray first(NDArray x) {
        return x.get(":, :{}, :", lyricsReach);
    }

    /** No place reads a later one; there may be fewer places to read than readers. */
    private NDArray causal(NDArray query, NDArray key, NDArray value) {
        int length = (int) query.getShape().get(1);
        int read = (int) key.getShape().get(1);
        float[] mask = new float[length * read];
        for (int i = 0; i < Math.min(length, read); i++) {
            java.util.Arrays.fill(mask, i * read + i + 1, (i + 1) * read, -1e9f);
        }
        return attend(heads(query), heads(key), heads(value), query.getManager().create(mask, new Shape(length, read)));
    }

    private NDArray attend(NDArray query, NDArray key, NDArray value, NDArray mask) {
        float scale = (float) (1 / Math.sqrt((double) config.attentionWidth() / config.heads()));
        NDArray scores = Scaled.by(scale, query).matMul(key.swapAxes(2, 3));
        return (mask == null ? scores : scores.add(mask)).softmax(-1).matMul(value);
    }

    /** To (batch, heads, length, part). */
    private NDArray heads(NDArray x) {
        Shape shape = x.getShape();
        int heads = config.heads();
        return x.reshape(new Shape(shape.get(0), shape.get(1), heads, shape.get(2) / heads)).swapAxes(1, 2);
    }

    private static NDArray merged(NDArray x) {
        Shape shape = x.getShape();
        return x.swapAxes(1, 2).reshape(new Shape(shape.get(0), shape.get(2), shape.get(1) * shape.get(3)));
    }

    private NDArray rows(NDArray x) {
        Shape shape = x.getShape();
        return x.reshape(new Shape(shape.get(0) * config.blocks(), shape.get(1) / config.blocks(), shape.get(2)));
    }

    private static NDArray whole(NDArray rows, NDArray like) {
        return rows.reshape(new Shape(like.getShape().get(0), like.getShape().get(1), rows.getShape().get(2)));
    }

    private NDArray columns(NDArray x) {
        Shape shape = x.getShape();
        long length = shape.get(1) / config.blocks();
        return x.reshape(new Shape(shape.get(0), config.blocks(), length, shape.get(2))).swapAxes(1, 2)
                .reshape(new Shape(shape.get(0) * length, config.blocks(), shape.get(2)));
    }

    private NDArray columnsBack(NDArray columns, NDArray like) {
        long batch = like.getShape().get(0);
        long length = like.getShape().get(1) / config.blocks();
        return columns.reshape(new Shape(batch, length, config.blocks(), columns.getShape().get(2))).swapAxes(1, 2)
                .reshape(new Shape(batch, like.getShape().get(1), columns.getShape().get(2)));
    }

    /** A row later, zeros before. */
    private NDArray later(NDArray x) {
        long length = x.getShape().get(1);
        long row = length / config.blocks();
        NDArray zeros = x.getManager().zeros(new Shape(x.getShape().get(0), row, x.getShape().get(2)));
        return zeros.concat(x.get(":, :{}, :", length - row), 1);
    }

    private NDArray withMlp(NDArray x, String name) {
        NDArray hidden = linear(norm(x, name + "ln_1"), name + "mlp.c_fc");
        NDArray active = hidden.mul(Activation.sigmoid(Scaled.by(SHARPNESS, hidden)));
        return x.add(linear(active, name + "mlp.c_proj"));
    }

    NDArray linear(NDArray x, String name) {
        return x.matMul(weights.get(name + ".w")).add(weights.get(name + ".b"));
    }

    NDArray norm(NDArray x, String name) {
        NDArray gain = weights.get(name + ".weight");
        return LayerNorm.layerNorm(x, gain.getShape(), gain, weights.get(name + ".bias"), EPSILON).singletonOrThrow();
    }
}
