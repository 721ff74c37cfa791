package org.chanterelle.generate;

import org.chanterelle.inference.vocoder.WaveNetPlayer;
import org.chanterelle.model.vocoder.VocoderFolder;
import org.chanterelle.signal.UserError;

/** WaveNet, one audio frame after the other. */
public final class WaveNetVocoder implements Vocoder {
    private static final long SEED = 1;

    private final WaveNetPlayer player;

    /**
     * With a model's weights.
     *
     * @param temperature 1 draws from what was learnt; less is more cautious
     * @throws UserError when the model was trained without mel, which no vocoder can be
     */
    public WaveNetVocoder(VocoderFolder model, double temperature) {
        if (model.card().wavenet().condition() == 0) {
            throw new UserError(model.path() + ": a WaveNet without mel makes any sound it likes; expected one with a condition."
                    + " Choose another vocoder");
        }
        player = new WaveNetPlayer(model.card().wavenet(), model.weights(), temperature);
    }

    @Override
    public float[] of(float[][] logMel) {
        float[] sound = new float[Math.multiplyExact(logMel.length, WaveNetPlayer.HOP_FRAMES)];
        player.reset(SEED);
        for (int row = 0; row < logMel.length; row++) {
            player.play(logMel[row], sound, row * WaveNetPlayer.HOP_FRAMES);
        }
        return sound;
    }
}
