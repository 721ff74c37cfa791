package org.chanterelle.signal;

/**
 * A control that a player can turn, declared once: the command line, MIDI, OSC, presets and the window all read it from here. Ids
 * never change.
 *
 * @param index its place in {@link Parameters#ALL}
 * @param id stable identifier, lower-case words joined by hyphens
 * @param name what a musician reads
 * @param unit unit of the values, empty when dimensionless
 * @param min smallest value
 * @param max largest value
 * @param defaultValue value at start
 * @param smoothingMs time in which a change is ramped
 */
public record Parameter(int index, String id, String name, String unit, float min, float max, float defaultValue,
        float smoothingMs) {
    /** Rejects a range that does not hold the default. */
    public Parameter {
        if (!(min <= defaultValue && defaultValue <= max)) {
            throw new IllegalArgumentException(id + ": default " + defaultValue + " outside " + min + " to " + max);
        }
    }

    /** First of the unregistered parameter numbers (NRPN) that are ours: 32 in the high byte, 0 in the low one. */
    public static final int FIRST_NRPN = 32 << 7;

    /** Number by which MIDI turns it, 0 to 16382: {@link #FIRST_NRPN} and its index. Never changes. */
    public int nrpn() {
        return FIRST_NRPN + index;
    }

    /** The value at a share of the range, 0 to 1. */
    @RealTime
    public float at(float share) {
        return min + (max - min) * share;
    }

    /** Whether a value lies in the range. */
    public boolean holds(float value) {
        return value >= min && value <= max;
    }

    /** The nearest value inside the range. */
    @RealTime
    public float clamp(float value) {
        return Math.max(min, Math.min(max, value));
    }
}
