package org.chanterelle.train.jukebox;

import org.chanterelle.model.jukebox.PriorConfig;
import org.chanterelle.model.jukebox.TransformerConfig;

/**
 * What a prior or an upsampler takes.
 *
 * @param layers those that read lyrics included
 * @param parameters trainable values
 * @param shippedBytes of its weights, float16
 * @param samplingBytes weights as single precision, and keys and values of a full window of one item
 * @param trainingBytes about what a training step needs: weights four times over (with gradient and Adam's moments) and what the forward
 *        pass keeps for the backward one
 */
public record PriorSize(int layers, long parameters, long shippedBytes, long samplingBytes, long trainingBytes) {
    private static final int HALF = 2;
    private static final int SINGLE = 4;

    /** Of a configuration at a batch. */
    public static PriorSize of(PriorConfig config, int batch) {
        long parameters = config.parameterCount();
        TransformerConfig t = config.transformer();
        int layers = t.depth() + config.readers();
        long cache = 2L * config.sequence() * t.attentionWidth() * t.depth();
        int characters = config.readers() == 0 ? 0 : config.lyrics().characters();
        cache += 2L * characters * t.attentionWidth() * config.readers();
        return new PriorSize(layers, parameters, HALF * parameters, SINGLE * (parameters + cache),
                SINGLE * (4 * parameters + batch * activations(config)));
    }

    /** Values that one window keeps: what enters norms, products and activations, scores before and after their softmax, logits. */
    private static long activations(PriorConfig config) {
        TransformerConfig t = config.transformer();
        long place = 0;
        for (int layer = 0; layer < t.depth(); layer++) {
            long reach = switch (t.pattern(layer)) {
                case DENSE -> config.sequence();
                case LYRICS -> config.lyricsReach();
                case COLUMN -> t.blocks();
                case ROW, PREVIOUS_ROW -> config.sequence() / t.blocks();
            };
            place += 6L * t.width() + 5L * t.attentionWidth() + 4L * t.mlpWidth() + 3L * t.heads() * reach;
        }
        return config.sequence() * (place + 3L * config.symbols());
    }
}
