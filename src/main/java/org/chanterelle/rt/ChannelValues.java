package org.chanterelle.rt;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.Units;

/** What the sixteen MIDI channels' wheels and pedals say at present: written by the audio thread, read by the worker. */
@RealTime
public final class ChannelValues {
    /** MIDI channels. */
    public static final int CHANNELS = MidiState.CHANNELS;

    private static final int BEND = 0;
    private static final int EXPRESSION = 1;
    private static final int MODULATION = 2;
    private static final int PRESSURE = 3;
    private static final int VOLUME = 4;
    private static final int VALUES = 5;

    /** Softest expression: below, a note is silent anyway. */
    private static final double LOWEST_DB = -80;

    private final AtomicIntegerArray bits = new AtomicIntegerArray(CHANNELS * VALUES);

    /** No bend, full expression, no modulation. */
    public ChannelValues() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            set(channel, 0f, 1f, 0f, 0f, 1f);
        }
    }

    /**
     * Sets all of one channel.
     *
     * @param bendSemitones pitch bend
     * @param expression linear gain of controller 11, 0 to 1
     * @param modulation controller 1, 0 to 1
     * @param pressure channel pressure, 0 to 1
     * @param volume linear gain of controller 7
     */
    public void set(int channel, float bendSemitones, float expression, float modulation, float pressure, float volume) {
        put(channel, BEND, bendSemitones);
        put(channel, EXPRESSION, expression);
        put(channel, MODULATION, modulation);
        put(channel, PRESSURE, pressure);
        put(channel, VOLUME, volume);
    }

    /** Pitch bend in semitones. */
    public float bendSemitones(int channel) {
        return get(channel, BEND);
    }

    /** Linear gain of controller 11, 0 to 1. */
    public float expression(int channel) {
        return get(channel, EXPRESSION);
    }

    /** Controller 11 in dB, 0 down to -80. */
    public float expressionDb(int channel) {
        return (float) Math.max(LOWEST_DB, Units.gainToDb(expression(channel)));
    }

    /** Controller 1, 0 to 1. */
    public float modulation(int channel) {
        return get(channel, MODULATION);
    }

    /** Channel pressure, 0 to 1. */
    public float pressure(int channel) {
        return get(channel, PRESSURE);
    }

    /** Linear gain of controller 7. */
    public float volume(int channel) {
        return get(channel, VOLUME);
    }

    private void put(int channel, int value, float x) {
        bits.setOpaque(channel * VALUES + value, Float.floatToRawIntBits(x));
    }

    private float get(int channel, int value) {
        return Float.intBitsToFloat(bits.getOpaque(channel * VALUES + value));
    }
}
