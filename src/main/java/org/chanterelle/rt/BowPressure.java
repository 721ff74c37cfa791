package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;

/**
 * How loud bow pressure or breath is: controllers 11 and 2 choose among the loudnesses that the training set has at a pitch. Full
 * pressure leaves a note as loud as its velocity says; what a key or channel is pressed beyond adds to it. Immutable.
 */
public final class BowPressure {
    /** Pressure below which a note falls silent, beyond the softest of the training set. */
    private static final float LEAST = 0.06f;

    private static final float SILENT_DB = -80f;

    /** What a key pressed with all force adds. */
    private static final float PRESSED_DB = 8f;

    private final int lowKey;
    private final float[][] db;

    /**
     * @param lowKey key of the first row; keys below take it, keys beyond the last take that
     * @param db for each key the loudness at equally spaced pressures from 0 to 1, in dB, rising
     */
    public BowPressure(int lowKey, float[][] db) {
        this.lowKey = lowKey;
        this.db = db;
    }

    /** What the channel's controllers and the key's pressure add to a note, in dB. */
    @RealTime
    public float db(ChannelValues channels, int channel, int key) {
        float breath = channels.breath(channel);
        // The MIDI law squares controller 11; here the whole way of the pedal counts evenly.
        float pressure = (float) Math.sqrt(channels.expression(channel)) * (breath < 0f ? 1f : breath);
        return db(key, pressure) + PRESSED_DB * channels.pressure(channel, key);
    }

    /** Loudness at a pressure of 0 to 1 beside that of full pressure, in dB. */
    @RealTime
    float db(int key, float pressure) {
        float[] row = db[Math.max(0, Math.min(db.length - 1, key - lowKey))];
        float place = Math.max(0f, Math.min(1f, pressure)) * (row.length - 1);
        int below = Math.min((int) place, row.length - 2);
        float at = row[below] + (place - below) * (row[below + 1] - row[below]);
        float fading = Math.max(0f, 1f - pressure / LEAST);
        return at - row[row.length - 1] + fading * SILENT_DB;
    }
}
