package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/** The keys that are held for one bow, in the order in which they were pressed; the last is played. */
@RealTime
final class BowKeys {
    /** More are forgotten, the oldest first. */
    private static final int CAPACITY = 64;

    private final int[] channels = new int[CAPACITY];
    private final int[] keys = new int[CAPACITY];
    private final int[] velocities = new int[CAPACITY];
    private int count;

    void press(int channel, int key, int velocity) {
        release(channel, key);
        if (count == CAPACITY) {
            remove(0);
        }
        channels[count] = channel;
        keys[count] = key;
        velocities[count] = velocity;
        count++;
    }

    void release(int channel, int key) {
        for (int i = count - 1; i >= 0; i--) {
            if (channels[i] == channel && keys[i] == key) {
                remove(i);
            }
        }
    }

    void releaseAll(int channel) {
        for (int i = count - 1; i >= 0; i--) {
            if (channels[i] == channel) {
                remove(i);
            }
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Channel of the last key pressed of those still held. */
    int channel() {
        return channels[count - 1];
    }

    int key() {
        return keys[count - 1];
    }

    int velocity() {
        return velocities[count - 1];
    }

    private void remove(int at) {
        count--;
        for (int i = at; i < count; i++) {
            channels[i] = channels[i + 1];
            keys[i] = keys[i + 1];
            velocities[i] = velocities[i + 1];
        }
    }
}
