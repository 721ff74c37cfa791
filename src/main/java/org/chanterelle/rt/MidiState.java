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
    private static final int ALL_NOTES_OFF = 123;
    private static final int MONO_ON = 126;
    private static final int POLY_ON = 127;
    private static final int SYSTEM_RESET = 0xff;

    /** Of a velocity under the soft pedal: some 3 dB less, and the timbre that goes with it. */
    private static final int SOFT_PERCENT = 70;

    private final Notes notes;
    private final MpeZones zones = new MpeZones();
    private final int[] modes = new int[CHANNELS];
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
            case 0xa0 -> pressKey(channel, first, second);
            case 0xb0 -> control(channel, first, second);
            case 0xc0 -> program(channel, first);
            case 0xd0 -> {
                channels[channel].pressure(first);
                tell(channel, PRESSURE);
            }
            case 0xe0 -> {
                channels[channel].bend(second << 7 | first);
                tell(channel, BEND);
            }
            default -> {
                if (status == SYSTEM_RESET) {
                    restart();
                }
            }
        }
    }

    /** Silence now: every channel's sound off, pedals up, controllers reset; volumes and zones stay. */
    public void panic() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            held[channel].silence();
            resetControllers(channel);
        }
    }

    /** Bend range in semitones, 0 to 96, of every channel that was not given one by its registered parameter 0. */
    public void setBendRange(float semitones) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels[channel].setUsualBendRange(semitones);
        }
    }

    /** Bend of a channel alone in semitones. */
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

    /** Both bytes of a controller below 64, 0 to 1, where a lone high byte counts twice; of any other its one. */
    public float fineValue(int channel, int number) {
        return channels[channel].fineValue(number);
    }

    /** Whether a channel is a member of a zone: one note, with bend, pressure and brightness of its own. */
    public boolean isMember(int channel) {
        return zones.isMember(channel);
    }

    /** The channel alone. */
    MidiChannel channel(int channel) {
        return channels[channel];
    }

    /** The channel that manages a member; any other channel itself. */
    MidiChannel manager(int channel) {
        return channels[zones.managerOf(channel)];
    }

    /** The last of controllers 126 and 127 on a channel, or 0. */
    int mode(int channel) {
        return modes[channel];
    }

    private void restart() {
        zones.reset();
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels[channel].reset();
            modes[channel] = 0;
        }
        panic();
    }

    private void note(int channel, int key, int velocity) {
        if (velocity == 0) {
            held[channel].release(key);
            return;
        }
        if (channels[channel].keyPressure(key) > 0) {
            pressKey(channel, key, 0);
        }
        boolean soft = isDown(channel, MidiChannel.SOFT);
        held[channel].press(key, soft ? Math.max(1, velocity * SOFT_PERCENT / 100) : velocity);
        if (channels[channel].portamentoKey() >= 0) {
            channels[channel].forgetPortamentoKey();
            notes.controlChanged(channel, SURROUNDINGS);
        }
    }

    private void pressKey(int channel, int key, int pressure) {
        channels[channel].keyPressure(key, pressure);
        notes.keyPressureChanged(channel, key);
    }

    /** A zone's sound is chosen on its manager. */
    private void program(int channel, int program) {
        if (!zones.isMember(channel)) {
            notes.programChange(channel, channels[channel].bank(), program);
        }
    }

    /** Tells of a changed control, to the members of its zone too. */
    private void tell(int channel, int control) {
        notes.controlChanged(channel, control);
        if (zones.isManager(channel)) {
            for (int member = 0; member < CHANNELS; member++) {
                if (isMemberOf(member, channel)) {
                    notes.controlChanged(member, SURROUNDINGS);
                }
            }
        }
    }

    private boolean isMemberOf(int member, int manager) {
        return member != manager && zones.managerOf(member) == manager;
    }

    private void control(int channel, int number, int value) {
        if (number >= FIRST_MODE_MESSAGE) {
            mode(channel, number);
            return;
        }
        channels[channel].control(number, value);
        if (DataEntry.enters(number)) {
            enter(channel, number, value);
        }
        if (number == MidiChannel.SUSTAIN || number == MidiChannel.SOSTENUTO) {
            pedalsOfZone(channel);
        }
        tell(channel, number);
    }

    /** What data mean beyond their own channel. */
    private void enter(int channel, int number, int value) {
        DataEntry entry = channels[channel].entry();
        if (entry.unregistered() >= 0) {
            enterUnregistered(channel, entry.unregistered(), number, value);
            return;
        }
        switch (entry.registered()) {
            case MidiChannel.MODULATION_RANGE -> notes.modulationRangeSet(channels[channel].modulationRangeSemitones());
            case MidiChannel.MPE_CONFIGURATION -> {
                if (number == DataEntry.HIGH && MpeZones.canManage(channel)) {
                    configure(channel, value);
                }
            }
            case MidiChannel.BEND_RANGE -> shareBendRange(channel);
            default -> {
            }
        }
    }

    private void enterUnregistered(int channel, int parameter, int number, int value) {
        if (number == DataEntry.INCREMENT || number == DataEntry.DECREMENT) {
            notes.parameterStepped(parameter, number == DataEntry.INCREMENT ? 1 : -1);
        } else {
            // As with controllers: a high byte alone spans the whole range, a low byte that follows is exact.
            int high = number == DataEntry.HIGH ? value : channels[channel].control(DataEntry.HIGH);
            notes.parameterSet(parameter, high << 7 | value);
        }
    }

    /** A member's bend range is that of all members of its zone. */
    private void shareBendRange(int channel) {
        if (!zones.isMember(channel)) {
            return;
        }
        for (int member = 0; member < CHANNELS; member++) {
            if (member != channel && zones.isMember(member) && zones.managerOf(member) == zones.managerOf(channel)) {
                channels[member].setBendRangeCents(channels[channel].bendRangeCents());
                notes.controlChanged(member, SURROUNDINGS);
            }
        }
    }

    /** A zone is set up, changed or dissolved: all that was or is in one begins anew. */
    private void configure(int manager, int members) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            beginAnew(channel);
        }
        zones.configure(manager, members);
        for (int channel = 0; channel < CHANNELS; channel++) {
            beginAnew(channel);
            if (zones.isMember(channel)) {
                channels[channel].setBendRangeCents(MpeZones.MEMBER_BEND_CENTS);
            } else if (zones.isManager(channel)) {
                channels[channel].setBendRangeCents(MpeZones.MANAGER_BEND_CENTS);
            }
            notes.controlChanged(channel, SURROUNDINGS);
        }
    }

    /** In a zone, notes end and controllers are reset; what is outside of zones plays on. */
    private void beginAnew(int channel) {
        if (zones.isMember(channel) || zones.isManager(channel)) {
            resetControllers(channel);
            channels[channel].forgetBendRange();
            held[channel].releaseAll();
        }
    }

    /** A mode message; on a manager it is one to the zone. */
    private void mode(int channel, int number) {
        ownMode(channel, number);
        if (zones.isManager(channel)) {
            for (int member = 0; member < CHANNELS; member++) {
                if (isMemberOf(member, channel)) {
                    ownMode(member, number);
                }
            }
        }
    }

    private void ownMode(int channel, int number) {
        if (number == MONO_ON || number == POLY_ON) {
            modes[channel] = number;
            notes.controlChanged(channel, SURROUNDINGS);
        }
        if (number >= ALL_NOTES_OFF) {
            held[channel].releaseAll();
        } else if (number == FIRST_MODE_MESSAGE) {
            held[channel].silence();
        } else if (number == RESET) {
            resetControllers(channel);
        }
    }

    private void resetControllers(int channel) {
        channels[channel].resetControllers();
        pedalsOfZone(channel);
        notes.controlChanged(channel, RESET);
    }

    private void pedalsOfZone(int channel) {
        pedals(channel);
        if (zones.isManager(channel)) {
            for (int member = 0; member < CHANNELS; member++) {
                if (isMemberOf(member, channel)) {
                    pedals(member);
                }
            }
        }
    }

    private void pedals(int channel) {
        held[channel].sostenuto(isDown(channel, MidiChannel.SOSTENUTO));
        held[channel].sustain(isDown(channel, MidiChannel.SUSTAIN));
    }

    private boolean isDown(int channel, int pedal) {
        return channels[channel].isDown(pedal) || manager(channel).isDown(pedal);
    }

    private static float curve(int value) {
        float share = value / 127f;
        return share * share;
    }
}
