package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/**
 * Soft limiter without delay. What stays below -3 dBFS passes bit for bit. Beyond, a gain holds the loudest peak of the last 30 ms:
 * on a steady tone it stands still and adds nothing to it. On a swelling one it acts for the peak to come, by how the last ones grew.
 * What overtakes it nevertheless bends, and never gets to -1 dBFS. A number that is not finite becomes silence.
 */
public final class Limiter {
    /** Level in linear amplitude up to which nothing changes: -3 dBFS. */
    public static final float THRESHOLD = 0.70794578f;

    /** Amplitude that the gain lets peaks approach; the rest up to the bend is room for onsets. */
    private static final double CEILING = 0.72;

    /** Amplitude from which the waveform itself bends. */
    private static final float BEND = 0.85f;

    /** Amplitude that nothing reaches: -1.06 dBFS. */
    private static final float TOP = 0.885f;

    /** Longer than half the period of any tone that is played, so that the gain does not sag between peaks. */
    private static final double HOLD_SECONDS = 0.03;

    /** Of each of two stages in a row. Shorter ones move so fast as to be heard, longer ones are overtaken more. */
    private static final double ATTACK_SECONDS = 0.0002;

    private static final double RISE_SECONDS = 0.02;
    private static final double RELEASE_SECONDS = 0.1;

    /** Over which the growth of peaks is seen. */
    private static final double GROWTH_SECONDS = 0.003;

    /** How much more an excess counts whose peak has just doubled. Twice that reduces too much, half of it too late. */
    private static final double FORESIGHT = 3;

    /** A reduction or a peak below it changes nothing that is heard. */
    private static final double NEGLIGIBLE = 1e-6;

    private final int holdFrames;
    private final float keep;
    private final double attack;
    private final double rise;
    private final double growth;
    private float peak;
    private int held;
    private double before;
    private double halfway;
    private double gain;

    /** @param sampleRateHz device rate */
    public Limiter(double sampleRateHz) {
        holdFrames = (int) Math.ceil(HOLD_SECONDS * sampleRateHz);
        keep = (float) Math.exp(-1 / (RELEASE_SECONDS * sampleRateHz));
        attack = share(ATTACK_SECONDS, sampleRateHz);
        rise = share(RISE_SECONDS, sampleRateHz);
        growth = share(GROWTH_SECONDS, sampleRateHz);
        reset();
    }

    private static double share(double seconds, double sampleRateHz) {
        return 1 - Math.exp(-1 / (seconds * sampleRateHz));
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
        before = 0;
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

    @RealTime
    private void follow(float size) {
        hold(size);
        if (peak > THRESHOLD) {
            moveTo(wantedGain());
        } else if (gain != 1) {
            moveTo(1);
            if (1 - gain < NEGLIGIBLE && 1 - halfway < NEGLIGIBLE) {
                halfway = 1;
                gain = 1;
            }
        }
    }

    /** Holds the peak, then lets it fall. */
    @RealTime
    private void hold(float size) {
        if (size >= peak) {
            peak = size;
            held = holdFrames;
        } else if (held > 0) {
            held--;
        } else {
            peak *= keep;
        }
        if (peak < NEGLIGIBLE) {
            peak = 0f;
            before = before < NEGLIGIBLE ? 0 : before;
        }
        before += growth * (peak - before);
    }

    @RealTime
    private void moveTo(double wanted) {
        double speed = wanted < gain ? attack : rise;
        halfway += speed * (wanted - halfway);
        gain += speed * (halfway - gain);
    }

    /** Level after it: slope 1 at the threshold, the ceiling at infinity; less while peaks grow. */
    @RealTime
    private double wantedGain() {
        double excess = (peak - THRESHOLD) * (1 + FORESIGHT * Math.min(1, peak / before - 1));
        double range = CEILING - THRESHOLD;
        return (THRESHOLD + range * (excess / (excess + range))) / (THRESHOLD + excess);
    }

    /** Slope 1 at the bend, the top at infinity. */
    @RealTime
    private static float bend(float value) {
        float excess = Math.abs(value) - BEND;
        if (excess <= 0) {
            return value;
        }
        float range = TOP - BEND;
        return Math.copySign(BEND + range * (excess / (excess + range)), value);
    }
}
