package org.chanterelle.inference.sing;

import org.chanterelle.rt.LoopedNote;

/** A note that the worker makes while it sounds: its samples so far, and how much of them the voice has. One thread. */
final class StreamedNote {
    final float[] audio;
    int serial;
    int channel;
    int key;
    int pitch;
    boolean sounds;
    long sent;
    private final LoopedNote.Cursor cursor = new LoopedNote.Cursor();
    private LoopedNote whole;

    StreamedNote(int samples) {
        audio = new float[samples];
    }

    void begin() {
        sounds = true;
        sent = 0;
        whole = null;
        cursor.reset();
    }

    /** Whether the network has done its part. */
    boolean isWhole() {
        return whole != null;
    }

    /** The network has: from here on it is a loop. */
    void close(NoteLoop loop) {
        whole = loop.close(audio);
        cursor.moveTo((int) sent);
    }

    /** Writes the next frames, which must have been made. */
    void read(float[] out, int frames) {
        if (whole == null) {
            System.arraycopy(audio, (int) sent, out, 0, frames);
        } else {
            cursor.read(whole, out, 0, frames);
        }
        sent += frames;
    }
}
