package org.chanterelle.signal;

/**
 * A MIDI channel message at a moment.
 *
 * @param seconds since the beginning, at least 0
 * @param status status byte, 0x80 to 0xef
 * @param data1 first data byte, 0 to 127
 * @param data2 second data byte, 0 to 127; 0 where the message has none
 */
public record TimedMidi(double seconds, int status, int data1, int data2) {
    public TimedMidi {
        if (!(seconds >= 0) || status < 0x80 || status > 0xef || (data1 | data2) < 0 || (data1 | data2) > 0x7f) {
            throw new IllegalArgumentException(
                    "no channel message: " + seconds + " s, status " + status + ", data " + data1 + " " + data2);
        }
    }

    /** Whether a note begins: note-on with a velocity. */
    public boolean isNoteOn() {
        return (status & 0xf0) == 0x90 && data2 > 0;
    }
}
