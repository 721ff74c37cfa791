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

    /** Told as a changed control: something that concerns the channel changed elsewhere, on its zone's manager, or was used up. */
    public static final int SURROUNDINGS = 130;

    /** Told as a changed control: modulation, expression, pedals, bend and pressures were all reset (controller 121, panic). */
    public static final int RESET = MidiChannel.RESET_CONTROLLERS;

    private static final int FIRST_MODE_MESSAGE = 120;
    private static final int SYSTEM_RESET = 0xff;

    /** Of a velocity under the soft pedal. */
    private static final int SOFT_PERCENT = 70;

    private final Notes notes;
    private final MidiChannels channels;

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
         * @param control a controller's number, 0 to 119, or {@link #BEND}, {@link #PRESSURE}, {@link #SURROUNDINGS}, {@link #RESET}
         */
        @RealTime
        void controlChanged(int channel, int control);

        /** The pressure of a key has changed. */
        @RealTime
        void keyPressureChanged(int channel, int key);

        /**
         * An unregistered parameter is set.
         *
         * @param number 0 to 16382
         * @param value 0 to 16383
         */
        @RealTime
        void parameterSet(int number, int value);

        /** An unregistered parameter goes a step up (1) or down (-1). */
        @RealTime
        void parameterStepped(int number, int step);

        /** The modulation wheel is to reach so far, in semitones. */
        @RealTime
        void modulationRangeSet(float semitones);
    }

    /** Ready, with every control at its start: volume 100, expression 127, bend range two semitones. */
    public MidiState(Notes notes) {
        this.notes = notes;
        channels = new MidiChannels(notes);
    }

    /** Takes one whole message; what is no channel message changes nothing, but a system reset is a {@link #panic} that also sets
     * back volumes and bend ranges. */
    public void handle(int status, int data1, int data2) {
        int channel = status & 0x0f;
        int first = data1 & 0x7f;
        int second = data2 & 0x7f;
        switch (status & 0xf0) {
            case 0x80 -> channels.held(channel).release(first);
            case 0x90 -> note(channel, first, second);
            case 0xa0 -> pressKey(channel, first, second);
            case 0xb0 -> control(channel, first, second);
            case 0xc0 -> program(channel, first);
            case 0xd0 -> {
                channels.channel(channel).pressure(first);
                channels.tell(channel, PRESSURE);
            }
            case 0xe0 -> {
                channels.channel(channel).bend(second << 7 | first);
                channels.tell(channel, BEND);
            }
            default -> {
                if (status == SYSTEM_RESET) {
                    channels.restart();
                }
            }
        }
    }

    /** Silence now: every channel's sound off, pedals up, controllers reset; volumes and zones stay. */
    public void panic() {
        channels.silence();
    }

    /** Bend range in semitones, 0 to 96, of every channel that was not given one by its registered parameter 0. */
    public void setBendRange(float semitones) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels.channel(channel).setUsualBendRange(semitones);
        }
    }

    /** Bend of a channel alone in semitones. */
    public float bendSemitones(int channel) {
        return channels.channel(channel).bendSemitones();
    }

    /** Linear gain of controller 7 after the MIDI curve, 40 log10(v/127) dB: 0.62 at the start. */
    public float volume(int channel) {
        return channels.channel(channel).gain(MidiChannel.VOLUME);
    }

    /** Linear gain of controller 11 after the same curve: 1 at the start. */
    public float expression(int channel) {
        return channels.channel(channel).gain(MidiChannel.EXPRESSION);
    }

    /** Modulation wheel, 0 to 1. */
    public float modulation(int channel) {
        return controlValue(channel, MidiChannel.MODULATION);
    }

    /** Channel pressure, 0 to 1. */
    public float pressure(int channel) {
        return channels.channel(channel).pressure();
    }

    /** Pressure of one key, 0 to 1. */
    public float keyPressure(int channel, int key) {
        return channels.channel(channel).keyPressure(key);
    }

    /** Last value of a controller, 0 to 1. */
    public float controlValue(int channel, int number) {
        return channels.channel(channel).control(number) / 127f;
    }

    /** Whether a note was begun and not yet let go. */
    public boolean sounds(int channel, int key) {
        return channels.held(channel).sounds(key);
    }

    /** Notes begun and not yet let go, on all channels. */
    public int soundingNotes() {
        int count = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            count += channels.held(channel).count();
        }
        return count;
    }

    /** Both bytes of a controller below 64, 0 to 1, where a lone high byte counts twice; of any other its one. */
    public float fineValue(int channel, int number) {
        return channels.channel(channel).fineValue(number);
    }

    /** Whether a channel is a member of a zone: one note, with bend, pressure and brightness of its own. */
    public boolean isMember(int channel) {
        return channels.zones().isMember(channel);
    }

    /** The channel alone. */
    MidiChannel channel(int channel) {
        return channels.channel(channel);
    }

    /** The channel that manages a member; any other channel itself. */
    MidiChannel manager(int channel) {
        return channels.manager(channel);
    }

    /** The last of controllers 126 and 127 on a channel, or 0. */
    int mode(int channel) {
        return channels.mode(channel);
    }

    private void note(int channel, int key, int velocity) {
        if (velocity == 0) {
            channels.held(channel).release(key);
            return;
        }
        if (channels.channel(channel).keyPressure(key) > 0) {
            pressKey(channel, key, 0);
        }
        boolean soft = channels.isDown(channel, MidiChannel.SOFT);
        channels.held(channel).press(key, soft ? Math.max(1, velocity * SOFT_PERCENT / 100) : velocity);
        if (channels.channel(channel).portamentoKey() >= 0) {
            channels.channel(channel).forgetPortamentoKey();
            notes.controlChanged(channel, SURROUNDINGS);
        }
    }

    private void pressKey(int channel, int key, int pressure) {
        channels.channel(channel).keyPressure(key, pressure);
        notes.keyPressureChanged(channel, key);
    }

    /** A zone's sound is chosen on its manager. */
    private void program(int channel, int program) {
        if (!channels.zones().isMember(channel)) {
            notes.programChange(channel, channels.channel(channel).bank(), program);
        }
    }

    private void control(int channel, int number, int value) {
        if (number >= FIRST_MODE_MESSAGE) {
            channels.mode(channel, number);
        } else {
            channels.control(channel, number, value);
        }
    }
}
