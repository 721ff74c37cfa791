package org.chanterelle.rt;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.chanterelle.signal.KeyScale;
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
    private static final int BRIGHTNESS = 5;
    private static final int BREATH = 6;
    private static final int PORTAMENTO_SECONDS = 7;
    private static final int PORTAMENTO = 8;
    private static final int PORTAMENTO_KEY = 9;
    private static final int LEGATO = 10;
    private static final int MODE = 11;
    private static final int VALUES = 12;

    private static final int KEYS = 128;
    private static final int MONO_ON = 126;

    /** Softest expression: below, a note is silent anyway. */
    private static final double LOWEST_DB = -80;

    /** Brightness of controller 74 in its middle. */
    private static final float NEUTRAL = 64 / 127f;

    /** Longest portamento. */
    private static final float MOST_PORTAMENTO_SECONDS = 2f;

    private final AtomicIntegerArray bits = new AtomicIntegerArray(CHANNELS * VALUES);
    private final AtomicIntegerArray keyPressures = new AtomicIntegerArray(CHANNELS * KEYS);
    private volatile KeyScale scale = KeyScale.EQUAL;

    /** No bend, full expression and volume, no modulation, pressure, portamento or breath, neutral brightness, equal temperament. */
    public ChannelValues() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            put(channel, EXPRESSION, 1f);
            put(channel, VOLUME, 1f);
            put(channel, BRIGHTNESS, 0.5f);
            put(channel, BREATH, -1f);
            put(channel, PORTAMENTO_KEY, -1f);
        }
    }

    /**
     * Takes over what MIDI says of a channel, and, of a zone's member, what it says of its manager. On the audio thread.
     *
     * @param brightnessMapped whether controller 74 turns a parameter: outside of zones it then means nothing else
     */
    public void follow(MidiState midi, int channel, boolean brightnessMapped) {
        MidiChannel own = midi.channel(channel);
        MidiChannel manager = midi.manager(channel);
        boolean member = midi.isMember(channel);
        float managersBend = member ? manager.bendSemitones() + manager.tuningSemitones() : 0f;
        put(channel, BEND, own.bendSemitones() + own.tuningSemitones() + managersBend);
        put(channel, EXPRESSION, member
                ? own.gain(MidiChannel.EXPRESSION) * manager.gain(MidiChannel.EXPRESSION)
                : own.gain(MidiChannel.EXPRESSION));
        put(channel, VOLUME, manager.gain(MidiChannel.VOLUME));
        put(channel, MODULATION, greater(own, manager, MidiChannel.MODULATION));
        put(channel, PRESSURE, Math.max(own.pressure(), manager.pressure()));
        put(channel, BRIGHTNESS, brightnessMapped && !member ? 0.5f : brightness(own, manager, member));
        put(channel, BREATH, Math.max(own.breath(), manager.breath()));
        put(channel, PORTAMENTO, own.isDown(MidiChannel.PORTAMENTO) || manager.isDown(MidiChannel.PORTAMENTO) ? 1f : 0f);
        put(channel, LEGATO, own.isDown(MidiChannel.LEGATO) || manager.isDown(MidiChannel.LEGATO) ? 1f : 0f);
        put(channel, PORTAMENTO_SECONDS, portamentoSeconds(own, manager));
        put(channel, PORTAMENTO_KEY, own.portamentoKey());
        put(channel, MODE, midi.mode(channel));
    }

    /** Takes over the pressure of one key. On the audio thread. */
    public void followKey(MidiState midi, int channel, int key) {
        keyPressures.setOpaque(channel * KEYS + key, Float.floatToRawIntBits(midi.keyPressure(channel, key)));
    }

    /** Takes over the pressures of all keys of a channel. On the audio thread. */
    public void followKeys(MidiState midi, int channel) {
        for (int key = 0; key < KEYS; key++) {
            followKey(midi, channel, key);
        }
    }

    /** What every note of the channel is shifted by at present, in semitones: pitch bend, its zone's bend, registered tuning. */
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

    /** Pressure of a key alone, 0 to 1; 0 from the key's note-on on until more is pressed. */
    public float keyPressure(int channel, int key) {
        return Float.intBitsToFloat(keyPressures.getOpaque(channel * KEYS + key));
    }

    /** How hard a note is pressed, 0 to 1: the greater of its key's pressure and the channel's. */
    public float pressure(int channel, int key) {
        return Math.max(pressure(channel), keyPressure(channel, key));
    }

    /** Linear gain of controller 7. */
    public float volume(int channel) {
        return get(channel, VOLUME);
    }

    /** Controller 74: 0.5 changes nothing, 0 is darkest, 1 brightest. Stays 0.5 outside of zones where the preset maps controller 74. */
    public float brightness(int channel) {
        return get(channel, BRIGHTNESS);
    }

    /** Controller 2, 0 to 1; -1 while none has come, so that a keyboard without one sounds by velocity. */
    public float breath(int channel) {
        return get(channel, BREATH);
    }

    /** Whether notes glide (controller 65): from the last note of the channel, in {@link #portamentoSeconds}. */
    public boolean portamento(int channel) {
        return get(channel, PORTAMENTO) > 0;
    }

    /** Controllers 5 and 37: 2 s times the square of the share, 0 at the start. */
    public float portamentoSeconds(int channel) {
        return get(channel, PORTAMENTO_SECONDS);
    }

    /**
     * Controller 84: the key from which the next note glides, sounding or not and whatever the portamento switch says; -1 for none.
     * Holds until the end of that note's {@link Patch#noteOn}, so only the audio thread may ask, and there.
     */
    public int portamentoKey(int channel) {
        return (int) get(channel, PORTAMENTO_KEY);
    }

    /** The legato switch (controller 68): every note goes on from the one before it without a new attack. */
    public boolean legato(int channel) {
        return get(channel, LEGATO) > 0;
    }

    /** Whether the channel plays one note at a time: as controllers 126 and 127 last said, as {@code usual} if neither came. */
    public boolean mono(int channel, boolean usual) {
        int mode = (int) get(channel, MODE);
        return mode == 0 ? usual : mode == MONO_ON;
    }

    /** How the keys are tuned. */
    public KeyScale scale() {
        return scale;
    }

    /** Tunes the keys otherwise from now on, sounding notes too. Any thread. */
    public void setScale(KeyScale newScale) {
        scale = newScale;
    }

    private static float portamentoSeconds(MidiChannel own, MidiChannel manager) {
        float share = Math.max(own.fineValue(MidiChannel.PORTAMENTO_TIME), manager.fineValue(MidiChannel.PORTAMENTO_TIME));
        return MOST_PORTAMENTO_SECONDS * share * share;
    }

    /** What manager and member add to the neutral brightness. */
    private static float brightness(MidiChannel own, MidiChannel manager, boolean member) {
        float share = own.control(MidiChannel.BRIGHTNESS) / 127f - NEUTRAL;
        if (member) {
            share += manager.control(MidiChannel.BRIGHTNESS) / 127f - NEUTRAL;
        }
        return Math.max(0f, Math.min(1f, 0.5f + (share > 0 ? share * 0.5f / (1 - NEUTRAL) : share * 0.5f / NEUTRAL)));
    }

    private static float greater(MidiChannel one, MidiChannel other, int control) {
        return Math.max(one.control(control), other.control(control)) / 127f;
    }

    private void put(int channel, int value, float x) {
        bits.setOpaque(channel * VALUES + value, Float.floatToRawIntBits(x));
    }

    private float get(int channel, int value) {
        return Float.intBitsToFloat(bits.getOpaque(channel * VALUES + value));
    }
}
