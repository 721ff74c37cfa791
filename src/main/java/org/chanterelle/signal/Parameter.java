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
