package org.chanterelle.rt.dsp;

import org.chanterelle.signal.RealTime;

/**
 * A value that a player turns: it follows its target by two one-pole low-passes in a row. Unlike a {@link Ramp}, whose kinks and
 * lag depend on how often the target moves, it makes the 128 steps of a controller sound as one movement. It arrives exactly.
 */
public final class SmoothedValue {
    /** So many time constants make the time of a move, in which four fifths of the way are done. */
    public static final double TIME_CONSTANTS = 3;

    /** What is nearer is there. Small, or a slow movement would jump along with its target until it is faster. */
    private static final double NEGLIGIBLE = 1e-9;

    private final double speed;
    private double halfway;
    private double value;
    private float target;
    private boolean moving;

    /**
     * @param seconds time in which four fifths of a move are done
     * @param sampleRateHz rate at which {@link #next} is called
     * @param value where it starts
     */
    public SmoothedValue(double seconds, double sampleRateHz, float value) {
        speed = 1 - Math.exp(-TIME_CONSTANTS / (seconds * sampleRateHz));
        jump(value);
    }

    /** Moves to {@code newTarget} from here. */
    @RealTime
    public void moveTo(float newTarget) {
        if (newTarget != target) {
            target = newTarget;
            moving = true;
        }
    }

    /** Is {@code newValue} at once. */
    @RealTime
    public void jump(float newValue) {
        target = newValue;
        halfway = newValue;
        value = newValue;
        moving = false;
    }

    /** The value of the next frame. */
    @RealTime
    public float next() {
        if (moving) {
            halfway += speed * (target - halfway);
            value += speed * (halfway - value);
            if (Math.abs(target - halfway) < NEGLIGIBLE && Math.abs(target - value) < NEGLIGIBLE) {
                jump(target);
            }
        }
        return (float) value;
    }

    /** Where it moves, or stands. */
    @RealTime
    public float target() {
        return target;
    }

    /** Whether it is still on its way. */
    @RealTime
    public boolean isMoving() {
        return moving;
    }

    /** Multiplies {@code count} frames in place by the moving value. */
    @RealTime
    public void multiply(float[] audio, int offset, int count) {
        if (!moving && target == 1f) {
            return;
        }
        for (int i = offset; i < offset + count; i++) {
            audio[i] *= next();
        }
    }
}
