package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/**
 * The keys of one channel: which are pressed, and which sound because they are, or because a pedal keeps them. A note-off goes on
 * only when nothing keeps the note, and each note-on is followed by one end before the next.
 */
@RealTime
final class HeldNotes {
    private static final int WORDS = 2;

    private final int channel;
    private final MidiState.Notes notes;
    private final long[] pressed = new long[WORDS];
    private final long[] sounding = new long[WORDS];

    /** Kept by the sostenuto pedal: pressed when it went down. */
    private final long[] caught = new long[WORDS];

    private boolean sustained;
    private boolean sostenuto;

    HeldNotes(int channel, MidiState.Notes notes) {
        this.channel = channel;
        this.notes = notes;
    }

    void press(int key, int velocity) {
        if (sounds(key)) {
            notes.noteOff(channel, key);
        }
        pressed[key >> 6] |= 1L << key;
        sounding[key >> 6] |= 1L << key;
        notes.noteOn(channel, key, velocity);
    }

    void release(int key) {
        pressed[key >> 6] &= ~(1L << key);
        endWhatNothingKeeps();
    }

    void sustain(boolean down) {
        sustained = down;
        endWhatNothingKeeps();
    }

    void sostenuto(boolean down) {
        if (down == sostenuto) {
            return;
        }
        sostenuto = down;
        for (int word = 0; word < WORDS; word++) {
            caught[word] = down ? pressed[word] : 0;
        }
        endWhatNothingKeeps();
    }

    /** As if all keys were lifted: pedals still keep what they keep. */
    void releaseAll() {
        for (int word = 0; word < WORDS; word++) {
            pressed[word] = 0;
        }
        if (sustained || sostenuto) {
            endWhatNothingKeeps();
        } else {
            forget();
            notes.allNotesOff(channel);
        }
    }

    /** No key is pressed, no pedal down, and all falls silent. */
    void silence() {
        forget();
        notes.allSoundOff(channel);
    }

    boolean sounds(int key) {
        return (sounding[key >> 6] >>> key & 1) != 0;
    }

    int count() {
        return Long.bitCount(sounding[0]) + Long.bitCount(sounding[1]);
    }

    private void forget() {
        for (int word = 0; word < WORDS; word++) {
            pressed[word] = 0;
            sounding[word] = 0;
            caught[word] = 0;
        }
    }

    private void endWhatNothingKeeps() {
        if (sustained) {
            return;
        }
        for (int word = 0; word < WORDS; word++) {
            long ending = sounding[word] & ~pressed[word] & ~caught[word];
            sounding[word] &= ~ending;
            for (; ending != 0; ending &= ending - 1) {
                notes.noteOff(channel, word * Long.SIZE + Long.numberOfTrailingZeros(ending));
            }
        }
    }
}
