package org.chanterelle.rt;

import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.SynthControls;

/**
 * How a model's notes begin: the first control frames of each key at a few velocities, computed ahead from a state settled on silence,
 * so that a note starts at once. Filled by one thread, then only read.
 */
public final class NoteHeads {
    /** MIDI velocity that stays as it is when velocity matters less. */
    public static final float MIDDLE_VELOCITY = 90;

    private final int lowKey;
    private final int keys;
    private final float[] velocities;
    private final float dbPerVelocity;
    private final int frames;
    private final int harmonics;
    private final int stride;
    private final float[] data;
    private final BowPressure pressure;

    /**
     * @param lowKey lowest MIDI note; lower ones take its controls
     * @param keys number of successive notes; higher ones take the last one's
     * @param velocities rising MIDI velocities at which they are computed; between them they are interpolated
     * @param dbPerVelocity loudness of one step of velocity
     * @param pressure how loud bow pressure or breath is
     * @param frames control frames of each
     */
    public NoteHeads(int lowKey, int keys, float[] velocities, float dbPerVelocity, BowPressure pressure, int frames,
            int harmonics,
            int noiseBands) {
        this.pressure = pressure;
        this.lowKey = lowKey;
        this.keys = keys;
        this.velocities = velocities.clone();
        this.dbPerVelocity = dbPerVelocity;
        this.frames = frames;
        this.harmonics = harmonics;
        stride = 2 + harmonics + noiseBands;
        data = new float[keys * velocities.length * frames * stride];
    }

    /**
     * The velocity at which a note begins: the one that was played, as far as velocity matters, and what expression adds.
     *
     * @param velocity 1 to 127
     * @param share how far velocity matters, 0 to 1
     * @param louderDb how much louder it is to be
     */
    @RealTime
    public float velocity(float velocity, float share, float louderDb) {
        return MIDDLE_VELOCITY + share * (velocity - MIDDLE_VELOCITY) + louderDb / dbPerVelocity;
    }

    /** What bow pressure, breath and the pressure of keys add to a note, in dB. */
    @RealTime
    public float pressureDb(ChannelValues channels, int channel, int key) {
        return pressure.db(channels, channel, key);
    }

    /** How much louder so many steps of velocity are, in dB. */
    public float loudnessDb(float velocitySteps) {
        return velocitySteps * dbPerVelocity;
    }

    /** Control frames that are held of each note. */
    @RealTime
    public int frames() {
        return frames;
    }

    /** How many numbers {@link #values} holds. */
    public int size() {
        return data.length;
    }

    /** All controls as numbers, for {@link #putAll}. */
    public float[] values() {
        return data.clone();
    }

    /** Takes all controls from {@link #values} of another, which lie at {@code from}. */
    public void putAll(float[] values, int from) {
        System.arraycopy(values, from, data, 0, data.length);
    }

    /** Keeps one control frame; its f0 is kept relative to the key's. */
    public void put(int key, int velocityIndex, int frame, SynthControls controls, float keyHz) {
        int at = at(key - lowKey, velocityIndex, frame);
        data[at] = controls.f0Hz / keyHz;
        data[at + 1] = controls.amplitude;
        System.arraycopy(controls.harmonicDistribution, 0, data, at + 2, harmonics);
        System.arraycopy(controls.noiseMagnitudes, 0, data, at + 2 + harmonics, controls.noiseMagnitudes.length);
    }

    /** Writes the controls of a note's frame; {@code f0Hz} is that of the key in equal temperament. */
    @RealTime
    public void get(int key, float velocity, int frame, float keyHz, SynthControls out) {
        int row = Math.max(0, Math.min(keys - 1, key - lowKey));
        int above = 1;
        while (above < velocities.length - 1 && velocities[above] < velocity) {
            above++;
        }
        float span = velocities[above] - velocities[above - 1];
        float share = Math.max(0f, Math.min(1f, (velocity - velocities[above - 1]) / span));
        int low = at(row, above - 1, frame);
        int high = at(row, above, frame);
        out.f0Hz = keyHz * mix(low, high, share);
        out.amplitude = mix(low + 1, high + 1, share);
        for (int k = 0; k < harmonics; k++) {
            out.harmonicDistribution[k] = mix(low + 2 + k, high + 2 + k, share);
        }
        for (int band = 0; band < out.noiseMagnitudes.length; band++) {
            out.noiseMagnitudes[band] = mix(low + 2 + harmonics + band, high + 2 + harmonics + band, share);
        }
    }

    @RealTime
    private float mix(int low, int high, float share) {
        return data[low] + share * (data[high] - data[low]);
    }

    @RealTime
    private int at(int row, int velocityIndex, int frame) {
        return ((row * velocities.length + velocityIndex) * frames + frame) * stride;
    }
}
