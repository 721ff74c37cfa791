package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/**
 * Soft limiter without delay. What stays below -3 dBFS passes bit for bit. Beyond, a gain holds the loudest peak of the last 30 ms:
 * on a steady tone it stands still and adds nothing to it. It moves smoothly, so an onset may overtake it; what then passes 0.9
 * bends towards full scale and never gets there. A number that is not finite becomes silence.
 */
public final class Limiter {
    /** Level in linear amplitude up to which nothing changes: -3 dBFS. */
    public static final float THRESHOLD = 0.70794578f;

    /** Amplitude that the gain lets peaks approach; the rest up to the bend is room for onsets. */
    private static final float CEILING = 0.77f;

    /** Amplitude from which the waveform itself bends. */
    private static final float BEND = 0.9f;

    /** Longer than half the period of any tone that is played, so that the gain does not sag between peaks. */
    private static final double HOLD_SECONDS = 0.03;

    /** Of each of two stages in a row. Shorter ones move so fast as to be heard, longer ones are overtaken more. */
    private static final double ATTACK_SECONDS = 0.0002;

    private static final double RISE_SECONDS = 0.02;
    private static final double RELEASE_SECONDS = 0.1;

    /** A reduction below it changes no bit that is heard. */
    private static final double NEGLIGIBLE = 1e-6;

    private final int holdFrames;
    private final float keep;
    private final double attack;
    private final double rise;
    private float peak;
    private int held;
    private double halfway;
    private double gain;

    /** @param sampleRateHz device rate */
    public Limiter(double sampleRateHz) {
        holdFrames = (int) Math.ceil(HOLD_SECONDS * sampleRateHz);
        keep = (float) Math.exp(-1 / (RELEASE_SECONDS * sampleRateHz));
        attack = 1 - Math.exp(-1 / (ATTACK_SECONDS * sampleRateHz));
        rise = 1 - Math.exp(-1 / (RISE_SECONDS * sampleRateHz));
        reset();
    }

    /** Delay in frames: none. */
    @RealTime
    public int latencyFrames() {
        return 0;
    }

    /** Forgets the peaks. */
    @RealTime
    public void reset() {
        peak = 0f;
        held = 0;
        halfway = 1;
        gain = 1;
    }

    /** Limits in place. */
    @RealTime
    public void process(float[] audio, int offset, int frames) {
        for (int i = offset; i < offset + frames; i++) {
            float size = Math.abs(audio[i]);
            if (!(size <= Float.MAX_VALUE)) {
                audio[i] = 0f;
                size = 0f;
            }
            follow(size);
            if (gain != 1 || size > BEND) {
                audio[i] = bend((float) (audio[i] * gain));
            }
        }
    }

    /** Holds the peak, then lets it fall; moves the gain towards what the peak needs. */
    @RealTime
    private void follow(float size) {
        if (size >= peak) {
            peak = size;
            held = holdFrames;
        } else if (held > 0) {
            held--;
        } else {
            peak *= keep;
        }
        if (peak <= THRESHOLD) {
            peak = 0f;
            if (gain == 1) {
                return;
            }
        }
        double wanted = wantedGain();
        double speed = wanted < gain ? attack : rise;
        halfway += speed * (wanted - halfway);
        gain += speed * (halfway - gain);
        if (peak == 0f && 1 - gain < NEGLIGIBLE && 1 - halfway < NEGLIGIBLE) {
            halfway = 1;
            gain = 1;
        }
    }

    /** Level after it: slope 1 at the threshold, the ceiling at infinity. */
    @RealTime
    private double wantedGain() {
        if (peak == 0f) {
            return 1;
        }
        double excess = peak - THRESHOLD;
        double range = CEILING - THRESHOLD;
        return (THRESHOLD + range * (excess / (excess + range))) / (THRESHOLD + excess);
    }

    /** Slope 1 at the bend, full scale at infinity. */
    @RealTime
    private static float bend(float value) {
        float excess = Math.abs(value) - BEND;
        if (excess <= 0) {
            return value;
        }
        float range = 1f - BEND;
        return Math.copySign(BEND + range * (excess / (excess + range)), value);
    }
}
