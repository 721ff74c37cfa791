package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** The sixteen channels together: their controllers and keys, the zones that some of them form, and what one does to others. */
@RealTime
final class MidiChannels {
    private static final int FIRST_MODE_MESSAGE = 120;
    private static final int ALL_NOTES_OFF = 123;
    private static final int MONO_ON = 126;
    private static final int POLY_ON = 127;

    private final MidiState.Notes notes;
    private final MpeZones zones = new MpeZones();
    private final int[] modes = new int[MidiState.CHANNELS];
    private final MidiChannel[] channels = new MidiChannel[MidiState.CHANNELS];
    private final HeldNotes[] held = new HeldNotes[MidiState.CHANNELS];

    MidiChannels(MidiState.Notes notes) {
        this.notes = notes;
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel] = new MidiChannel(2f);
            held[channel] = new HeldNotes(channel, notes);
        }
    }

    /** The controllers of a channel alone. */
    MidiChannel channel(int channel) {
        return channels[channel];
    }

    /** Those of the channel that manages a member; of any other channel its own. */
    MidiChannel manager(int channel) {
        return channels[zones.managerOf(channel)];
    }

    /** The keys of a channel. */
    HeldNotes held(int channel) {
        return held[channel];
    }

    MpeZones zones() {
        return zones;
    }

    /** The last of controllers 126 and 127 on a channel, or 0. */
    int mode(int channel) {
        return modes[channel];
    }

    /** Whether a pedal is down on a channel or its zone's manager. */
    boolean isDown(int channel, int pedal) {
        return channels[channel].isDown(pedal) || manager(channel).isDown(pedal);
    }

    void silence() {
        for (int channel = 0; channel < channels.length; channel++) {
            held[channel].silence();
            resetControllers(channel);
        }
    }

    /** As when switched on. */
    void restart() {
        zones.reset();
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel].reset();
            modes[channel] = 0;
        }
        silence();
    }

    /** A controller, 0 to 119. */
    void control(int channel, int number, int value) {
        channels[channel].control(number, value);
        if (DataEntry.enters(number)) {
            enter(channel, number, value);
        }
        if (number == MidiChannel.SUSTAIN || number == MidiChannel.SOSTENUTO) {
            pedalsOfZone(channel);
        }
        tell(channel, number);
    }

    /** Tells of a changed control, to the members of its zone too. */
    void tell(int channel, int control) {
        notes.controlChanged(channel, control);
        if (zones.isManager(channel)) {
            for (int member = 0; member < channels.length; member++) {
                if (isMemberOf(member, channel)) {
                    notes.controlChanged(member, MidiState.SURROUNDINGS);
                }
            }
        }
    }

    private boolean isMemberOf(int member, int manager) {
        return member != manager && zones.managerOf(member) == manager;
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
        for (int member = 0; member < channels.length; member++) {
            if (member != channel && zones.isMember(member) && zones.managerOf(member) == zones.managerOf(channel)) {
                channels[member].setBendRangeCents(channels[channel].bendRangeCents());
                notes.controlChanged(member, MidiState.SURROUNDINGS);
            }
        }
    }

    /** A zone is set up, changed or dissolved: all that was or is in one begins anew. */
    private void configure(int manager, int members) {
        for (int channel = 0; channel < channels.length; channel++) {
            beginAnew(channel);
        }
        zones.configure(manager, members);
        for (int channel = 0; channel < channels.length; channel++) {
            beginAnew(channel);
            if (zones.isMember(channel)) {
                channels[channel].setBendRangeCents(MpeZones.MEMBER_BEND_CENTS);
            } else if (zones.isManager(channel)) {
                channels[channel].setBendRangeCents(MpeZones.MANAGER_BEND_CENTS);
            }
            notes.controlChanged(channel, MidiState.SURROUNDINGS);
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
    void mode(int channel, int number) {
        ownMode(channel, number);
        if (zones.isManager(channel)) {
            for (int member = 0; member < channels.length; member++) {
                if (isMemberOf(member, channel)) {
                    ownMode(member, number);
                }
            }
        }
    }

    private void ownMode(int channel, int number) {
        if (number == MONO_ON || number == POLY_ON) {
            modes[channel] = number;
            notes.controlChanged(channel, MidiState.SURROUNDINGS);
        }
        if (number >= ALL_NOTES_OFF) {
            held[channel].releaseAll();
        } else if (number == FIRST_MODE_MESSAGE) {
            held[channel].silence();
        } else if (number == MidiChannel.RESET_CONTROLLERS) {
            resetControllers(channel);
        }
    }

    private void resetControllers(int channel) {
        channels[channel].resetControllers();
        pedalsOfZone(channel);
        notes.controlChanged(channel, MidiState.RESET);
    }

    private void pedalsOfZone(int channel) {
        pedals(channel);
        if (zones.isManager(channel)) {
            for (int member = 0; member < channels.length; member++) {
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
}
