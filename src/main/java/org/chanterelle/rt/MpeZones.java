package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/**
 * MIDI polyphonic expression: which channels are the members of the lower zone, whose manager is the first channel, and of the upper
 * one, whose manager is the last.
 */
@RealTime
final class MpeZones {
    static final int LOWER = 0;
    static final int UPPER = MidiState.CHANNELS - 1;

    /** Bend range of a manager and of a member until registered parameter 0 says otherwise. */
    static final int MANAGER_BEND_CENTS = 200;
    static final int MEMBER_BEND_CENTS = 4800;

    private static final int MOST_MEMBERS = MidiState.CHANNELS - 1;
    private static final int BOTH_MANAGERS = 2;

    private int lower;
    private int upper;

    /** No zones. */
    void reset() {
        lower = 0;
        upper = 0;
    }

    /** Whether a channel can be told of its zone. */
    static boolean canManage(int channel) {
        return channel == LOWER || channel == UPPER;
    }

    /** Gives a zone so many members, 0 for none; the other zone loses what this one takes. */
    void configure(int manager, int members) {
        int count = Math.max(0, Math.min(MOST_MEMBERS, members));
        int left = Math.max(0, MidiState.CHANNELS - BOTH_MANAGERS - count);
        if (manager == LOWER) {
            lower = count;
            upper = count == 0 ? upper : Math.min(upper, left);
        } else {
            upper = count;
            lower = count == 0 ? lower : Math.min(lower, left);
        }
    }

    /** The manager of a member channel; of any other the channel itself. */
    int managerOf(int channel) {
        if (channel > LOWER && channel <= lower) {
            return LOWER;
        }
        return channel < UPPER && channel >= UPPER - upper ? UPPER : channel;
    }

    /** Whether a channel is a member of a zone: one note at a time, with bend, pressure and brightness of its own. */
    boolean isMember(int channel) {
        return managerOf(channel) != channel;
    }

    /** Whether a channel manages a zone. */
    boolean isManager(int channel) {
        return channel == LOWER && lower > 0 || channel == UPPER && upper > 0;
    }
}
