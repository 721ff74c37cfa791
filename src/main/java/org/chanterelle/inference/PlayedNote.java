package org.chanterelle.inference;

import org.chanterelle.signal.SynthControls;

/** A voice as the worker sees it, with what it was in the last control frames, so that a slur or a release need not wait for frames
 * that were made ahead. */
final class PlayedNote {
    /** As many control frames as a voice may have waiting. */
    private static final int HISTORY = 32;

    boolean sounds;
    int serial;
    int channel;
    int key;
    double targetDb;
    double goalDb;
    double attackScale;
    double effortDb;
    double gainDb;
    int player;
    long start;
    long released;
    long index;
    final NoteShape shape;

    private final NoteShape[] shapes = new NoteShape[HISTORY];
    private final double[] targets = new double[HISTORY];
    private final float[][] states;
    private long oldest;
    private float tilt;
    private final float[] tiltGains;

    PlayedNote(double controlRateHz, int stateSize, int harmonics) {
        shape = new NoteShape(controlRateHz);
        states = new float[HISTORY][stateSize];
        tiltGains = new float[harmonics];
        for (int i = 0; i < HISTORY; i++) {
            shapes[i] = new NoteShape(controlRateHz);
        }
    }

    void begin() {
        sounds = true;
        released = -1;
        index = 0;
        oldest = 0;
    }

    /** Remembers what is before the next control frame. */
    void remember(StepDecoder decoder, int voice) {
        int slot = (int) (index % HISTORY);
        shapes[slot].copy(shape);
        targets[slot] = targetDb;
        decoder.saveState(voice, states[slot]);
        oldest = Math.max(oldest, index - HISTORY + 1);
    }

    /** Goes back to before a control frame, as far as is remembered. */
    void rewind(long to, StepDecoder decoder, int voice) {
        long target = Math.max(oldest, to);
        if (target >= index) {
            return;
        }
        index = target;
        int slot = (int) (index % HISTORY);
        shape.copy(shapes[slot]);
        targetDb = targets[slot];
        decoder.loadState(voice, states[slot]);
    }

    /** Tilts the harmonics by the shape's and {@code moreDb} an octave, at equal energy, and puts its noise up. */
    void colour(SynthControls controls, double moreDb, double moreNoiseDb) {
        float[] shares = controls.harmonicDistribution;
        setTilt((float) (shape.tiltDbPerOctave + moreDb));
        double before = 1e-20;
        double after = 1e-20;
        float sum = 1e-9f;
        for (int k = 0; k < shares.length; k++) {
            before += (double) shares[k] * shares[k];
            shares[k] *= tiltGains[k];
            after += (double) shares[k] * shares[k];
            sum += shares[k];
        }
        controls.amplitude *= (float) (Math.sqrt(before / after) * sum);
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= sum;
        }
        float noise = (float) Math.pow(10, (shape.noiseDb + moreNoiseDb) / 20);
        for (int band = 0; band < controls.noiseMagnitudes.length; band++) {
            controls.noiseMagnitudes[band] *= noise;
        }
    }

    /** Makes all of it louder. */
    static void scale(SynthControls controls, double louderDb) {
        float gain = (float) Math.pow(10, louderDb / 20);
        controls.amplitude *= gain;
        for (int band = 0; band < controls.noiseMagnitudes.length; band++) {
            controls.noiseMagnitudes[band] *= gain;
        }
    }

    private void setTilt(float dbPerOctave) {
        if (Math.abs(dbPerOctave - tilt) < 0.01f && tiltGains[0] > 0) {
            return;
        }
        tilt = dbPerOctave;
        for (int k = 0; k < tiltGains.length; k++) {
            tiltGains[k] = (float) Math.pow(k + 1, dbPerOctave / (20 * Math.log10(2)));
        }
    }
}
