package org.chanterelle.model.jukebox;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chanterelle.signal.UserError;

/**
 * Size of a stack of transformer blocks. Attention is factorised: a context is taken as {@code blocks} rows, and each layer reads only a
 * part of it.
 *
 * @param width of what flows through
 * @param depth layers
 * @param heads of the attention, each an equal part of {@code attentionWidth}
 * @param attentionWidth of queries, keys and values
 * @param mlpWidth of the hidden layer between attentions
 * @param blocks rows of the context
 * @param patterns what the layers read, in turn
 */
public record TransformerConfig(int width, int depth, int heads, int attentionWidth, int mlpWidth, int blocks,
        List<Pattern> patterns) {

    /** Which earlier codes a layer reads. */
    public enum Pattern {
        /** All. */
        DENSE,
        /** Those of the same row. */
        ROW,
        /** Those in the same place of each row. */
        COLUMN,
        /** All of the row before; in the first row nothing. */
        PREVIOUS_ROW,
        /** The lyrics that stand before the codes, see {@link PriorConfig#lyricsReach()}. */
        LYRICS
    }

    /** What a layer reads. */
    public Pattern pattern(int layer) {
        return patterns.get(layer % patterns.size());
    }

    /** Adds the weights' names and shapes, those of the released code: matrices are (inputs, outputs). */
    void addShapes(Map<String, int[]> shapes, String prefix) {
        for (int layer = 0; layer < depth; layer++) {
            String name = prefix + "transformer._attn_mods." + layer + ".";
            addLinear(shapes, name + "attn.c_attn", width, 3 * attentionWidth);
            addLinear(shapes, name + "attn.c_proj", attentionWidth, width);
            addNorm(shapes, name + "ln_0", width);
            addMlp(shapes, name);
        }
    }

    /** The same for a layer that reads {@code readWidth} values of another network instead of codes. */
    void addReaderShapes(Map<String, int[]> shapes, String name, int readWidth) {
        addLinear(shapes, name + "attn.c_attn", width, attentionWidth);
        addLinear(shapes, name + "attn.c_enc_kv", readWidth, 2 * attentionWidth);
        addLinear(shapes, name + "attn.c_proj", attentionWidth, width);
        addNorm(shapes, name + "ln_0", width);
        addMlp(shapes, name);
    }

    private void addMlp(Map<String, int[]> shapes, String name) {
        addLinear(shapes, name + "mlp.c_fc", width, mlpWidth);
        addLinear(shapes, name + "mlp.c_proj", mlpWidth, width);
        addNorm(shapes, name + "ln_1", width);
    }

    static void addLinear(Map<String, int[]> shapes, String name, int inputs, int outputs) {
        shapes.put(name + ".w", new int[] {inputs, outputs});
        shapes.put(name + ".b", new int[] {outputs});
    }

    static void addNorm(Map<String, int[]> shapes, String name, int width) {
        shapes.put(name + ".weight", new int[] {width});
        shapes.put(name + ".bias", new int[] {width});
    }

    void check(String where, int context) {
        PriorConfig.in(where, "width", width, 1, 16384);
        PriorConfig.in(where, "depth", depth, 1, 256);
        PriorConfig.in(where, "heads", heads, 1, 256);
        PriorConfig.in(where, "attentionWidth", attentionWidth, 1, 16384);
        PriorConfig.in(where, "mlpWidth", mlpWidth, 1, 65536);
        PriorConfig.in(where, "blocks", blocks, 1, context);
        if (attentionWidth % heads != 0) {
            throw new UserError(where + "attentionWidth is " + attentionWidth + "; expected a multiple of heads (" + heads + ")");
        }
        if (context % blocks != 0) {
            throw new UserError(where + "blocks is " + blocks + "; expected one that divides the context of " + context);
        }
        if (patterns == null || patterns.isEmpty() || patterns.size() > 256 || patterns.stream().anyMatch(Objects::isNull)) {
            throw new UserError(
                    where + "patterns is " + patterns + "; expected some of DENSE, ROW, COLUMN, PREVIOUS_ROW and LYRICS");
        }
    }
}
