package org.chanterelle.inference;

import org.chanterelle.model.Tensor;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.rt.dsp.Resampler;

/**
 * A room, direct sound included, ready for convolution at one rate. Its own frames before {@code leadFrames} hold what resampling
 * rings ahead of the direct sound; an offline caller removes them from the output as latency.
 *
 * @param impulse response at the device's rate, shape (frames)
 * @param leadFrames where the direct sound lies
 */
public record RoomResponse(float[] impulse, int leadFrames) {
    /** Longer than the resampler's reach, and a whole number of frames at all usual rates. */
    private static final double LEAD_SECONDS = 0.02;

    /**
     * A learned room with direct sound 1 at frame 0, at the model's rate: {@code tanh(p[n]) e^(-4 n / rate)} behind it.
     *
     * @param room index of the room
     */
    public static float[] learned(TimbreConfig config, Tensor reverb, int room) {
        int taps = config.reverbTaps();
        float[] impulse = new float[taps];
        for (int n = 1; n < taps; n++) {
            double envelope = Math.exp(-TimbreConfig.REVERB_DECAY_PER_SECOND * n / config.sampleRateHz());
            impulse[n] = (float) (Math.tanh(reverb.values()[room * taps + n]) * envelope);
        }
        impulse[0] = 1f;
        return impulse;
    }

    /**
     * The same room at another rate: resampled, and scaled so that its gain at each frequency stays.
     *
     * @param impulse response at {@code fromHz}, direct sound at frame 0
     */
    public static RoomResponse at(float[] impulse, double fromHz, double toHz) {
        if (fromHz == toHz) {
            return new RoomResponse(impulse, 0);
        }
        int lead = (int) Math.round(LEAD_SECONDS * fromHz);
        float[] padded = new float[2 * lead + impulse.length];
        System.arraycopy(impulse, 0, padded, lead, impulse.length);
        float[] resampled = Resampler.resample(padded, fromHz, toHz);
        for (int n = 0; n < resampled.length; n++) {
            resampled[n] *= (float) (fromHz / toHz);
        }
        return new RoomResponse(resampled, (int) Math.round(lead * toHz / fromHz));
    }
}
