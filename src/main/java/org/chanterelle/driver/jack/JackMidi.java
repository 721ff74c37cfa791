package org.chanterelle.driver.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.chanterelle.driver.jack.JackLibrary.MEMORY;

import java.lang.foreign.Arena;
import org.chanterelle.rt.MidiBuffer;
import org.chanterelle.rt.MidiStream;
import org.chanterelle.signal.RealTime;

/** MIDI between JACK's buffers and ours, each message at its frame. Channel messages only: others are ignored and counted. */
final class JackMidi {
    private static final int CONTROL_CHANGE = 0xb0;
    private static final int SUSTAIN = 64;
    private static final int ALL_NOTES_OFF = 123;

    /** A {@code jack_midi_event_t}. */
    private static final int EVENT_BYTES = 24;

    private final long event;
    private final MidiStream stream = new MidiStream();
    private long input;
    private int eventCount;
    private int cycleFrames;
    private int next;
    private volatile boolean releaseAsked;
    private volatile long ignored;
    private volatile long lost;

    JackMidi(Arena arena) {
        event = arena.allocate(EVENT_BYTES + 8, 8).address();
    }

    /** Events in which no channel message ended. */
    long ignored() {
        return ignored;
    }

    /** Messages that JACK had no room for. */
    long lost() {
        return lost;
    }

    /** The next block begins with a release of all notes. On any thread. */
    void askForRelease() {
        releaseAsked = true;
    }

    /** A cycle's incoming messages are here. */
    @RealTime
    void begin(long buffer, int frames) throws Throwable {
        cycleFrames = frames;
        input = buffer;
        next = 0;
        eventCount = buffer == 0 ? 0 : JackRealTime.eventCount(buffer);
    }

    /** Moves the messages of a part of the cycle, those that are left before {@code from + frames}. */
    @RealTime
    void read(MidiBuffer into, int from, int frames) throws Throwable {
        into.clear();
        if (releaseAsked) {
            releaseAsked = false;
            release(into);
        }
        int end = from + frames == cycleFrames ? Integer.MAX_VALUE : from + frames;
        while (next < eventCount) {
            if (!JackRealTime.getEvent(event, input, next)) {
                ignored++;
            } else if (MEMORY.get(JAVA_INT, event) < end) {
                decode(into, from, frames);
            } else {
                return;
            }
            next++;
        }
    }

    /** A source that vanished sends no note-offs. */
    @RealTime
    private static void release(MidiBuffer into) {
        for (int channel = 0; channel < 16; channel++) {
            into.add(0, CONTROL_CHANGE | channel, SUSTAIN, 0);
            into.add(0, CONTROL_CHANGE | channel, ALL_NOTES_OFF, 0);
        }
    }

    @RealTime
    private void decode(MidiBuffer into, int from, int frames) {
        long size = MEMORY.get(JAVA_LONG, event + 8);
        long bytes = MEMORY.get(JAVA_LONG, event + 16);
        int frame = Math.min(MEMORY.get(JAVA_INT, event) - from, frames - 1);
        boolean heard = false;
        for (long i = 0; i < size; i++) {
            if (stream.take(MEMORY.get(JAVA_BYTE, bytes + i))) {
                heard = true;
                into.add(frame, stream.status(), stream.data1(), stream.data2());
            }
        }
        if (!heard) {
            ignored++;
        }
    }

    /** Bytes in a channel message; 0 for anything else. */
    @RealTime
    private static int lengthOf(int status) {
        if (status < 0x80 || status >= 0xf0) {
            return 0;
        }
        return 1 + MidiStream.dataBytes(status);
    }

    /** Sends the messages of a part of the cycle. */
    @RealTime
    void write(MidiBuffer from, long buffer, int offset, int frames) throws Throwable {
        for (int i = 0; i < from.count(); i++) {
            int length = lengthOf(from.status(i));
            int frame = offset + Math.min(from.frame(i), frames - 1);
            long bytes = length == 0 || buffer == 0 ? 0 : JackRealTime.reserve(buffer, frame, length);
            if (bytes == 0) {
                lost++;
            } else {
                encode(from, i, length, bytes);
            }
        }
    }

    @RealTime
    private static void encode(MidiBuffer from, int index, int length, long bytes) {
        MEMORY.set(JAVA_BYTE, bytes, (byte) from.status(index));
        MEMORY.set(JAVA_BYTE, bytes + 1, (byte) from.data1(index));
        if (length == 3) {
            MEMORY.set(JAVA_BYTE, bytes + 2, (byte) from.data2(index));
        }
    }

    /**
     * Runs what a first message would run first, so that it loads no class, links no call and is compiled: messages of all lengths on
     * memory of our own, and those that lie in a buffer that was just written, as if they had come in.
     */
    void rehearse(MidiBuffer scratch, long midiOutput) throws Throwable {
        long bytes = event + EVENT_BYTES;
        for (int status = 0x80; status < 0x100; status += 0x10) {
            scratch.clear();
            scratch.add(0, status, 60, 100);
            encode(scratch, 0, 3, bytes);
            MEMORY.set(JAVA_INT, event, 0);
            MEMORY.set(JAVA_LONG, event + 8, 3);
            MEMORY.set(JAVA_LONG, event + 16, bytes);
            decode(scratch, 0, 1);
        }
        begin(midiOutput, 2);
        askForRelease();
        read(scratch, -1, 1);
        read(scratch, 0, 2);
    }

    /** Counts anew. */
    void forget() {
        lost = 0;
        ignored = 0;
    }
}
