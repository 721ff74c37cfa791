package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/** A value that moves linearly to each new target, so that a turned knob or a closing gate does not click. */
public final class Ramp {
    private final int frames;
    private float value;
    private float target;
    private float step;
    private int remaining;

    /**
     * @param seconds time of a whole move
     * @param sampleRateHz device rate
     * @param value where it starts
     */
    public Ramp(double seconds, double sampleRateHz, float value) {
        frames = Math.max(1, (int) Math.round(seconds * sampleRateHz));
        jump(value);
    }

    /** Moves to {@code newTarget} from here in the whole time. */
    @RealTime
    public void moveTo(float newTarget) {
        if (newTarget == target) {
            return;
        }
        target = newTarget;
        step = (newTarget - value) / frames;
        remaining = frames;
    }

    /** Is {@code newValue} at once. */
    @RealTime
    public void jump(float newValue) {
        value = newValue;
        target = newValue;
        remaining = 0;
    }

    /** The value of the next frame. */
    @RealTime
    public float next() {
        if (remaining > 0) {
            remaining--;
            value = remaining == 0 ? target : value + step;
        }
        return value;
    }

    /** The value of the last frame. */
    @RealTime
    public float value() {
        return value;
    }

    /** Where it moves, or stands. */
    @RealTime
    public float target() {
        return target;
    }

    /** Multiplies {@code frames} frames in place by the moving value. */
    @RealTime
    public void multiply(float[] audio, int offset, int count) {
        if (remaining == 0 && value == 1f) {
            return;
        }
        for (int i = offset; i < offset + count; i++) {
            audio[i] *= next();
        }
    }
}
