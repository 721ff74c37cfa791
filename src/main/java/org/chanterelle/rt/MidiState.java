package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/**
 * What a stream of MIDI channel messages means: sixteen channels of notes, pedals and controllers. Notes go on to {@link Notes} when
 * no pedal keeps them any longer; everything else is read here. Preallocated; one thread at a time.
 */
@RealTime
public final class MidiState {
    /** Channels, counted from 0. */
    public static final int CHANNELS = 16;

    /** Told as a changed control: the pitch bend. */
    public static final int BEND = 128;

    /** Told as a changed control: the pressure of the channel. */
    public static final int PRESSURE = 129;

    /** Told as a changed control: the pressure of a key. */
    public static final int KEY_PRESSURE = 130;

    /** Told as a changed control: modulation, expression, pedals, bend and pressures were all reset (controller 121, panic). */
    public static final int RESET = MidiChannel.RESET_CONTROLLERS;

    private static final int FIRST_MODE_MESSAGE = 120;
    private static final int ALL_NOTES_OFF = 123;
    private static final int SYSTEM_RESET = 0xff;
    private static final int PEDAL_DOWN = 64;

    private final Notes notes;
    private final MidiChannel[] channels = new MidiChannel[CHANNELS];
    private final HeldNotes[] held = new HeldNotes[CHANNELS];

    /**
     * Who plays the notes; called from within {@link #handle} and {@link #panic}. For each channel and key, calls alternate: after a
     * note-on comes a note-off, {@link #allNotesOff} or {@link #allSoundOff} before the next.
     */
    public interface Notes {
        /**
         * A note begins.
         *
         * @param channel 0 to 15
         * @param key 0 to 127, 69 is A4
         * @param velocity 1 to 127
         */
        @RealTime
        void noteOn(int channel, int key, int velocity);

        /** A note is let go: neither its key nor a pedal keeps it. */
        @RealTime
        void noteOff(int channel, int key);

        /** All notes of a channel are let go. */
        @RealTime
        void allNotesOff(int channel);

        /** A channel falls silent now, without release. */
        @RealTime
        void allSoundOff(int channel);

        /**
         * Another sound is asked for.
         *
         * @param channel 0 to 15
         * @param bank 0 to 16383, the last chosen
         * @param program 0 to 127
         */
        @RealTime
        void programChange(int channel, int bank, int program);

        /**
         * A control has moved; its value is read from the state.
         *
         * @param channel 0 to 15
         * @param control a controller's number, 0 to 119, or {@link #BEND}, {@link #PRESSURE}, {@link #KEY_PRESSURE}, {@link #RESET}
         */
        @RealTime
        void controlChanged(int channel, int control);
    }

    /** Ready, with every control at its start: volume 100, expression 127, bend range two semitones. */
    public MidiState(Notes notes) {
        this.notes = notes;
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels[channel] = new MidiChannel(2f);
            held[channel] = new HeldNotes(channel, notes);
        }
    }

    /** Takes one whole message; what is no channel message changes nothing, but a system reset is a {@link #panic} that also sets
     * back volumes and bend ranges. */
    public void handle(int status, int data1, int data2) {
        int channel = status & 0x0f;
        int first = data1 & 0x7f;
        int second = data2 & 0x7f;
        switch (status & 0xf0) {
            case 0x80 -> held[channel].release(first);
            case 0x90 -> note(channel, first, second);
            case 0xa0 -> {
                channels[channel].keyPressure(first, second);
                notes.controlChanged(channel, KEY_PRESSURE);
            }
            case 0xb0 -> control(channel, first, second);
            case 0xc0 -> notes.programChange(channel, channels[channel].bank(), first);
            case 0xd0 -> {
                channels[channel].pressure(first);
                notes.controlChanged(channel, PRESSURE);
            }
            case 0xe0 -> {
                channels[channel].bend(second << 7 | first);
                notes.controlChanged(channel, BEND);
            }
            default -> {
                if (status == SYSTEM_RESET) {
                    restart();
                }
            }
        }
    }

    /** Silence now: every channel's sound off, pedals up, controllers reset; volumes stay. */
    public void panic() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            held[channel].silence();
            mode(channel, RESET);
        }
    }

    /** Bend range in semitones, 0 to 96, of every channel that was not given one by its registered parameter 0. */
    public void setBendRange(float semitones) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels[channel].setUsualBendRange(semitones);
        }
    }

    /** Bend of a channel in semitones. */
    public float bendSemitones(int channel) {
        return channels[channel].bendSemitones();
    }

    /** Linear gain of controller 7 after the MIDI curve, 40 log10(v/127) dB: 0.62 at the start. */
    public float volume(int channel) {
        return curve(channels[channel].control(MidiChannel.VOLUME));
    }

    /** Linear gain of controller 11 after the same curve: 1 at the start. */
    public float expression(int channel) {
        return curve(channels[channel].control(MidiChannel.EXPRESSION));
    }

    /** Modulation wheel, 0 to 1. */
    public float modulation(int channel) {
        return controlValue(channel, MidiChannel.MODULATION);
    }

    /** Channel pressure, 0 to 1. */
    public float pressure(int channel) {
        return channels[channel].pressure();
    }

    /** Pressure of one key, 0 to 1. */
    public float keyPressure(int channel, int key) {
        return channels[channel].keyPressure(key);
    }

    /** Last value of a controller, 0 to 1. */
    public float controlValue(int channel, int number) {
        return channels[channel].control(number) / 127f;
    }

    /** Whether a note was begun and not yet let go. */
    public boolean sounds(int channel, int key) {
        return held[channel].sounds(key);
    }

    /** Notes begun and not yet let go, on all channels. */
    public int soundingNotes() {
        int count = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            count += held[channel].count();
        }
        return count;
    }

    private void restart() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels[channel].reset();
        }
        panic();
    }

    private void note(int channel, int key, int velocity) {
        if (velocity == 0) {
            held[channel].release(key);
        } else {
            held[channel].press(key, velocity);
        }
    }

    private void control(int channel, int number, int value) {
        if (number >= FIRST_MODE_MESSAGE) {
            mode(channel, number);
            return;
        }
        channels[channel].control(number, value);
        if (number == MidiChannel.SUSTAIN || number == MidiChannel.SOSTENUTO) {
            pedals(channel);
        }
        notes.controlChanged(channel, number);
    }

    private void mode(int channel, int number) {
        if (number >= ALL_NOTES_OFF) {
            held[channel].releaseAll();
        } else if (number == FIRST_MODE_MESSAGE) {
            held[channel].silence();
        } else if (number == RESET) {
            channels[channel].resetControllers();
            pedals(channel);
            notes.controlChanged(channel, RESET);
        }
    }

    private void pedals(int channel) {
        held[channel].sostenuto(channels[channel].control(MidiChannel.SOSTENUTO) >= PEDAL_DOWN);
        held[channel].sustain(channels[channel].control(MidiChannel.SUSTAIN) >= PEDAL_DOWN);
    }

    private static float curve(int value) {
        float share = value / 127f;
        return share * share;
    }
}
