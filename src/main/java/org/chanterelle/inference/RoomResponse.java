package org.chanterelle.inference;

import java.util.Arrays;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.timbre.TimbreConfig;
import org.chanterelle.rt.dsp.ConvolutionReverb;
import org.chanterelle.rt.dsp.Resampler;

/**
 * A room at one rate: what the direct sound is multiplied by, and what follows it. Adds no delay: what resampling rings ahead of the
 * direct sound is cut off, which beyond a model's band changes nothing, because nothing sounds there.
 *
 * @param direct gain of the direct sound
 * @param tail response at the device's rate, shape (frames), the direct sound at frame 0
 */
public record RoomResponse(float direct, float[] tail) {
    /** Longer than the resampler's reach, and a whole number of frames at all usual rates. */
    private static final double LEAD_SECONDS = 0.02;

    /**
     * A learned room at its model's rate: direct sound 1 and {@code tanh(p[n]) e^(-4 n / rate)} behind it.
     *
     * @param room index of the room
     */
    public static RoomResponse learned(TimbreConfig config, Tensor reverb, int room) {
        int taps = config.reverbTaps();
        float[] tail = new float[taps];
        for (int n = 1; n < taps; n++) {
            double envelope = Math.exp(-TimbreConfig.REVERB_DECAY_PER_SECOND * n / config.sampleRateHz());
            tail[n] = (float) (Math.tanh(reverb.values()[room * taps + n]) * envelope);
        }
        return new RoomResponse(1f, tail);
    }

    /** A measured room, its first frame taken for the direct sound. */
    public static RoomResponse of(float[] impulse) {
        float[] tail = impulse.clone();
        tail[0] = 0f;
        return new RoomResponse(impulse[0], tail);
    }

    /** The same room at another rate: resampled, and scaled so that its gain at each frequency stays. */
    public RoomResponse at(double fromHz, double toHz) {
        if (fromHz == toHz) {
            return this;
        }
        int lead = (int) Math.round(LEAD_SECONDS * fromHz);
        float[] padded = new float[2 * lead + tail.length];
        System.arraycopy(tail, 0, padded, lead, tail.length);
        float[] resampled = Resampler.resample(padded, fromHz, toHz);
        for (int n = 0; n < resampled.length; n++) {
            resampled[n] *= (float) (fromHz / toHz);
        }
        return new RoomResponse(direct, Arrays.copyOfRange(resampled, (int) Math.round(lead * toHz / fromHz), resampled.length));
    }

    /** The whole response, direct sound included. */
    public float[] impulse() {
        float[] impulse = tail.clone();
        impulse[0] += direct;
        return impulse;
    }

    /** A reverb of this room. */
    public ConvolutionReverb reverb() {
        return new ConvolutionReverb(tail, direct, ConvolutionReverb.DEFAULT_PARTITION);
    }
}
