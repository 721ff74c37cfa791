package org.chanterelle.signal;

/**
 * A MIDI controller that turns a parameter, on any channel.
 *
 * @param controller its number, 0 to 119
 * @param parameter what it turns
 * @param min value of the parameter with the controller at 0
 * @param max value with the controller at its highest; less than {@code min} turns the other way round
 * @param bits 7, or 14 where the controller 32 above it tells the low byte: of controllers below 32
 */
public record ControlMapping(int controller, Parameter parameter, float min, float max, int bits) {
    /** Controllers, without those from 120 on, which are messages of their own. */
    public static final int CONTROLLERS = 120;

    /** From a controller to the one that tells its low byte. */
    public static final int TO_LOW = 32;

    /** A controller of one byte. */
    public ControlMapping(int controller, Parameter parameter, float min, float max) {
        this(controller, parameter, min, max, 7);
    }

    /** Rejects what no controller can turn. */
    public ControlMapping {
        if (!canMap(controller)) {
            throw new IllegalArgumentException("controller " + controller + " cannot be mapped");
        }
        if (bits != 7 && !(bits == 14 && canBeFine(controller))) {
            throw new IllegalArgumentException("controller " + controller + " cannot have " + bits + " bits");
        }
        if (!parameter.holds(min) || !parameter.holds(max)) {
            throw new IllegalArgumentException(parameter.id() + ": " + min + " to " + max + " is outside its range");
        }
    }

    /**
     * Whether a controller may turn a parameter: those with a meaning of their own may not (bank, data entry, volume, expression,
     * modulation, sustain and sostenuto pedal, parameter numbers).
     */
    public static boolean canMap(int controller) {
        return switch (controller) {
            case 0, 1, 6, 7, 11, 32, 38, 64, 66, 96, 97, 98, 99, 100, 101 -> false;
            default -> controller > 0 && controller < CONTROLLERS;
        };
    }

    /** Whether a controller may have 14 bits: it has a low byte, and both may be mapped. */
    public static boolean canBeFine(int controller) {
        return controller < TO_LOW && canMap(controller) && canMap(controller + TO_LOW);
    }

    /** Whether it has 14 bits. */
    @RealTime
    public boolean isFine() {
        return bits == 14;
    }

    /** Value of the parameter with the controller at a share of its way, 0 to 1. */
    @RealTime
    public float at(float share) {
        return min + (max - min) * share;
    }
}
