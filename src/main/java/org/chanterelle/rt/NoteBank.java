package org.chanterelle.rt;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.chanterelle.signal.RealTime;

/**
 * Notes rendered ahead: for each pitch at a few velocities. Filled by any thread while the audio thread reads; a note that is not there
 * yet must come from the worker.
 */
public final class NoteBank {
    private final int lowPitch;
    private final int pitches;
    private final float[] velocities;
    private final float morph;
    private final AtomicReferenceArray<LoopedNote> notes;

    /**
     * An empty bank.
     *
     * @param lowPitch MIDI number of the lowest pitch
     * @param pitches how many
     * @param velocities MIDI velocities, rising
     * @param morph value of the morph parameter under which its notes are made
     */
    public NoteBank(int lowPitch, int pitches, float[] velocities, float morph) {
        this.lowPitch = lowPitch;
        this.pitches = pitches;
        this.velocities = velocities.clone();
        this.morph = morph;
        notes = new AtomicReferenceArray<>(pitches * velocities.length);
    }

    /** Value of the morph parameter under which its notes are made. */
    @RealTime
    public float morph() {
        return morph;
    }

    /** How many notes it holds when it is full: pitch by pitch, each at all velocities. */
    public int size() {
        return notes.length();
    }

    /** MIDI number of the lowest pitch. */
    public int lowPitch() {
        return lowPitch;
    }

    /** How many pitches. */
    public int pitches() {
        return pitches;
    }

    /** MIDI velocities, rising. */
    public float[] velocities() {
        return velocities.clone();
    }

    /** The nearest of the velocities at which there are notes. */
    @RealTime
    public float nearest(float velocity) {
        return velocities[layer(velocity)];
    }

    /** Keeps a note. */
    public void put(int note, LoopedNote made) {
        notes.setRelease(note, made);
    }

    /** Whether a note is there. */
    public boolean has(int note) {
        return notes.getAcquire(note) != null;
    }

    /** Notes that are there. */
    public int filled() {
        int count = 0;
        for (int note = 0; note < notes.length(); note++) {
            count += has(note) ? 1 : 0;
        }
        return count;
    }

    /** The note of a pitch at the nearest velocity; null where there is none. */
    @RealTime
    LoopedNote get(int pitch, float velocity) {
        int row = pitch - lowPitch;
        return row < 0 || row >= pitches ? null : notes.getAcquire(row * velocities.length + layer(velocity));
    }

    @RealTime
    private int layer(float velocity) {
        int layer = 0;
        while (layer < velocities.length - 1
                && Math.abs(velocities[layer + 1] - velocity) <= Math.abs(velocities[layer] - velocity)) {
            layer++;
        }
        return layer;
    }
}
