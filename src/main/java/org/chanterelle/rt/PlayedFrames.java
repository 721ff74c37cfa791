package org.chanterelle.rt;

import java.util.concurrent.atomic.AtomicLongArray;
import org.chanterelle.signal.RealTime;

/** How far each voice of a patch has got in the sound that the worker makes for it: written by the audio thread, read by the worker. */
public final class PlayedFrames {
    private static final int SERIAL_SHIFT = 40;
    private static final long FRAMES = (1L << SERIAL_SHIFT) - 1;

    private final AtomicLongArray played;

    /** None played. */
    public PlayedFrames(int voices) {
        played = new AtomicLongArray(voices);
    }

    /** A voice has played so many frames of a note, at the model's rate. */
    @RealTime
    void set(int voice, int serial, long frames) {
        played.setOpaque(voice, (long) serial << SERIAL_SHIFT | frames & FRAMES);
    }

    /** Frames played of a note, at the model's rate; 0 while the voice has not told. */
    public long get(int voice, int serial) {
        long told = played.getOpaque(voice);
        return told >>> SERIAL_SHIFT == ((long) serial << SERIAL_SHIFT) >>> SERIAL_SHIFT ? told & FRAMES : 0;
    }
}
