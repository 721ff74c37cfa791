package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** The MIDI channel messages of one audio block, in order of time. Preallocated; one thread at a time. */
@RealTime
public final class MidiBuffer {
    private final int[] frames;
    private final int[] messages;
    private int count;
    private long dropped;

    /** @param capacity most messages in one block */
    public MidiBuffer(int capacity) {
        frames = new int[capacity];
        messages = new int[capacity];
    }

    /** Forgets the messages. */
    public void clear() {
        count = 0;
    }

    /**
     * Appends a message; when full, it is dropped and counted. One that is earlier than the one before counts as simultaneous.
     *
     * @param frame frame within the block
     * @param status status byte, 0x80 to 0xff
     * @param data1 first data byte, or 0
     * @param data2 second data byte, or 0
     * @return whether there was room
     */
    public boolean add(int frame, int status, int data1, int data2) {
        if (count == frames.length) {
            dropped++;
            return false;
        }
        frames[count] = count == 0 ? Math.max(0, frame) : Math.max(frames[count - 1], frame);
        messages[count++] = (status & 0xff) << 16 | (data1 & 0x7f) << 8 | data2 & 0x7f;
        return true;
    }

    /**
     * Adds a message at its place in time, behind those of the same frame; when full, it is dropped and counted.
     *
     * @param frame frame within the block
     * @param status status byte, 0x80 to 0xff
     * @param data1 first data byte, or 0
     * @param data2 second data byte, or 0
     * @return whether there was room
     */
    public boolean insert(int frame, int status, int data1, int data2) {
        if (!add(Integer.MAX_VALUE, status, data1, data2)) {
            return false;
        }
        int message = messages[count - 1];
        int place = count - 1;
        for (; place > 0 && frames[place - 1] > frame; place--) {
            frames[place] = frames[place - 1];
            messages[place] = messages[place - 1];
        }
        frames[place] = Math.max(0, frame);
        messages[place] = message;
        return true;
    }

    /** Whether there is no room for another message. */
    public boolean isFull() {
        return count == frames.length;
    }

    /** Appends all messages of another, all at one frame. */
    public void addAll(MidiBuffer other, int frame) {
        for (int i = 0; i < other.count; i++) {
            add(frame, other.status(i), other.data1(i), other.data2(i));
        }
    }

    /** Number of messages. */
    public int count() {
        return count;
    }

    /** Frame of a message within its block. */
    public int frame(int index) {
        return frames[index];
    }

    /** Status byte. */
    public int status(int index) {
        return messages[index] >> 16;
    }

    /** First data byte. */
    public int data1(int index) {
        return messages[index] >> 8 & 0x7f;
    }

    /** Second data byte. */
    public int data2(int index) {
        return messages[index] & 0x7f;
    }

    /** Messages for which there was no room, since construction. */
    public long dropped() {
        return dropped;
    }
}
