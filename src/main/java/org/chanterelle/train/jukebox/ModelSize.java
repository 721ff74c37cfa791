package org.chanterelle.train.jukebox;

import org.chanterelle.model.jukebox.VqVaeConfig;

/**
 * What a level's autoencoder takes.
 *
 * @param level 0 for the bottom one
 * @param hop audio frames a code
 * @param parameters trainable values, codebook included
 * @param shippedBytes of its weights, float16
 * @param trainingBytes about what a training step needs: weights four times over (with gradient and Adam's moments) and what the forward
 *        pass keeps for the backward one
 * @param encoderReachSeconds before and after a code's own time that it depends on
 */
public record ModelSize(
        int level, int hop, long parameters, long shippedBytes, long trainingBytes, double encoderReachSeconds) {
    private static final int HALF = 2;
    private static final int SINGLE = 4;

    /** Arrays that a residual convolution keeps: two inputs of rectifiers, their two outputs, the sum. */
    private static final int KEPT = 5;

    /** Of a level of a configuration. */
    public static ModelSize of(VqVaeTrainingConfig config, int level) {
        VqVaeConfig model = config.model(level);
        long parameters = model.parameterCount();
        long weights = 4 * SINGLE * parameters;
        long activations = (long) SINGLE * config.batch() * activations(model, config.cropFrames());
        // The search holds a chunk of rows' distances from all codes.
        long distances = (long) SINGLE * Math.min(4096L, (long) config.batch() * config.cropFrames() / model.hop())
                * model.codes();
        return new ModelSize(level, model.hop(), parameters, HALF * parameters, weights + activations + distances,
                (double) model.encoderReach() / model.sampleRateHz());
    }

    /** Values that encoder and decoder keep for one crop. */
    private static long activations(VqVaeConfig model, long frames) {
        long values = 0;
        long length = frames;
        for (int block = 0; block < model.downs().size(); block++) {
            for (int i = 0; i < model.downs().get(block); i++) {
                length /= 2;
                values += 2 * length * model.width() * (1 + (long) KEPT * model.depth());
            }
            values += 2 * length * (model.embedding() + model.width());
        }
        return values + 2 * frames;
    }
}
