package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/**
 * Finds the channel messages in a stream of MIDI bytes. A status byte need not be repeated (running status); real-time bytes (clock,
 * active sensing) may stand anywhere, even within a message, and change nothing; system exclusive and system common messages are passed
 * over and end the running status; an unfinished message is forgotten.
 */
@RealTime
public final class MidiStream {
    private static final int FIRST_STATUS = 0x80;
    private static final int FIRST_SYSTEM = 0xf0;
    private static final int FIRST_REAL_TIME = 0xf8;

    private int status;
    private int data1;
    private int data2;
    private int count;

    /** Takes the next byte, of which the lower eight bits count; whether it completes a channel message. */
    public boolean take(int next) {
        int value = next & 0xff;
        if (value >= FIRST_REAL_TIME) {
            return false;
        }
        if (value >= FIRST_STATUS) {
            status = value < FIRST_SYSTEM ? value : 0;
            count = 0;
            return false;
        }
        return status != 0 && data(value);
    }

    private boolean data(int value) {
        if (count == 0) {
            data1 = value;
            data2 = 0;
        } else {
            data2 = value;
        }
        count++;
        if (count < dataBytes(status)) {
            return false;
        }
        count = 0;
        return true;
    }

    /** Data bytes of a channel message: 1 or 2. */
    public static int dataBytes(int status) {
        return status >= 0xc0 && status < 0xe0 ? 1 : 2;
    }

    /** Status byte of the message that was completed, 0x80 to 0xef. */
    public int status() {
        return status;
    }

    /** First data byte. */
    public int data1() {
        return data1;
    }

    /** Second data byte, or 0. */
    public int data2() {
        return data2;
    }
}
