package org.chanterelle.rt;

import org.chanterelle.rt.engine.WaveConfig;
import org.chanterelle.rt.engine.WaveEngine;
import org.chanterelle.signal.RealTime;

/** One note of sound that is made elsewhere: from the bank, or by the worker while it sounds. Pitch, level, attack and end are made here. */
final class WaveVoice {
    /** From a key to its sound, whether the worker is asked or not: it answers by then where blocks are processed in step. */
    static final int START_FRAMES = StepGrid.FRAMES;

    /** A made note's first sample need not be zero. */
    private static final double SHORTEST_ATTACK_SECONDS = 0.003;

    /** After this time a note that never came is given up. */
    private static final double PATIENCE_SECONDS = 1;

    private static final double LEVEL_SECONDS = 0.005;
    private static final int PIECE = 64;
    private static final double CENTS_PER_OCTAVE = 1200;

    /** What a voice is doing. */
    enum State {
        FREE,
        HELD,
        RELEASED,
        STOLEN
    }

    State state = State.FREE;
    int serial;
    int channel;
    int key;
    int pitch;

    /** When it began, to end the oldest first. */
    long began;

    private final WaveEngine engine;
    private final LoopedNote.Cursor cursor = new LoopedNote.Cursor();
    private final float[] block;
    private final float[] piece = new float[PIECE];
    private final double sampleRateHz;
    private LoopedNote note;
    private int waiting;
    private int waited;
    private float gain;
    private float noteGain;
    private float attack;
    private float attackStep;
    private float fade;
    private float fadeStep;
    private double vibratoCycles;
    private long nextBlock;

    WaveVoice(WaveConfig config, double sampleRateHz, int maxFrames) {
        this.sampleRateHz = sampleRateHz;
        engine = new WaveEngine(config);
        engine.prepare(sampleRateHz, maxFrames);
        block = new float[config.blockFrames()];
    }

    /**
     * Begins a note.
     *
     * @param newPitch of the sound as it was made
     * @param ready the sound; null when the worker makes it
     * @param newGain linear gain of the note
     * @param attackSeconds time in which it is faded in
     */
    @RealTime
    void start(int newSerial, int newChannel, int newKey, int newPitch, LoopedNote ready, float newGain, double attackSeconds,
            long frameTime) {
        state = State.HELD;
        serial = newSerial;
        channel = newChannel;
        key = newKey;
        pitch = newPitch;
        note = ready;
        noteGain = newGain;
        began = frameTime;
        waiting = START_FRAMES;
        waited = 0;
        gain = -1f;
        attackStep = (float) (1 / (Math.max(SHORTEST_ATTACK_SECONDS, attackSeconds) * sampleRateHz));
        attack = 0f;
        fade = 1f;
        fadeStep = 0f;
        vibratoCycles = 0;
        nextBlock = 0;
        cursor.reset();
        engine.reset();
    }

    /** Fades to silence in so many frames, and is then free. */
    @RealTime
    void fadeOut(State why, int frames) {
        float step = -1f / Math.max(1, frames);
        if (state == State.HELD || step < fadeStep) {
            fadeStep = step;
        }
        state = why;
    }

    /** Takes a block from the worker. */
    @RealTime
    void receive(ControlMessage message) {
        boolean wanted = state != State.FREE && message.serial == serial && note == null && message.index >= nextBlock;
        if (wanted && engine.room() >= message.audio.length) {
            engine.push(message.audio, 0, message.audio.length);
            nextBlock = message.index + 1;
        }
    }

    /** Whether the worker makes it. */
    @RealTime
    boolean isStreamed() {
        return note == null;
    }

    /** Frames played, at the model's rate. */
    @RealTime
    long taken() {
        return engine.taken();
    }

    /** Frames of silence for want of blocks since the note began. */
    @RealTime
    long missedFrames() {
        return engine.missedFrames();
    }

    /** How loud it is made here, to choose which voice to end. */
    @RealTime
    float loudness() {
        return fade * noteGain;
    }

    /**
     * Adds its sound.
     *
     * @param pitchRatio from the pitch as made to the one to sound
     * @param vibratoCents depth
     * @param level linear gain
     */
    @RealTime
    void render(float[] out, int offset, int frames, double pitchRatio, double vibratoCents, double vibratoHz, float level) {
        int done = Math.min(waiting, frames);
        waiting -= done;
        while (done < frames && state != State.FREE) {
            int count = Math.min(PIECE, frames - done);
            bend(pitchRatio, vibratoCents, vibratoHz, count);
            fill(count);
            engine.render(piece, 0, count);
            mix(out, offset + done, count, level * noteGain);
            done += count;
        }
    }

    @RealTime
    private void bend(double pitchRatio, double vibratoCents, double vibratoHz, int frames) {
        vibratoCycles += vibratoHz * frames / sampleRateHz;
        vibratoCycles -= (int) vibratoCycles;
        double cents = vibratoCents == 0 ? 0 : vibratoCents * Math.sin(2 * Math.PI * vibratoCycles);
        engine.setRatio(cents == 0 ? pitchRatio : pitchRatio * Math.pow(2, cents / CENTS_PER_OCTAVE));
    }

    /** From the bank as much as is needed; of a note that the worker owes, not for ever. */
    @RealTime
    private void fill(int frames) {
        while (note != null && engine.readyFrames() < frames) {
            cursor.read(note, block, 0, block.length);
            engine.push(block, 0, block.length);
        }
        waited = engine.hasBegun() ? 0 : waited + frames;
        if (waited > PATIENCE_SECONDS * sampleRateHz
                || !engine.hasBegun() && state != State.HELD && engine.readyFrames() < frames) {
            state = State.FREE;
        }
    }

    /** The attack is without corners; the fade is squared: it leaves fast and arrives gently. */
    @RealTime
    private void mix(float[] out, int offset, int count, float level) {
        if (gain < 0f) {
            gain = level;
        }
        float share = (float) (1 - Math.exp(-count / (LEVEL_SECONDS * sampleRateHz)));
        float change = share * (level - gain) / count;
        for (int i = 0; i < count; i++) {
            gain += change;
            attack = Math.min(1f, attack + attackStep);
            fade = Math.max(0f, fade + fadeStep);
            out[offset + i] += piece[i] * gain * attack * attack * (3f - 2f * attack) * fade * fade;
        }
        if (fade == 0f) {
            state = State.FREE;
        }
    }
}
