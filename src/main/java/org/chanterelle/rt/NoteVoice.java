package org.chanterelle.rt;

import java.util.Arrays;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.HarmonicNoiseEngine;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;

/**
 * One note: an engine, the control frames that the worker has sent ahead, and a fade for its end. Begins with the frames of
 * {@link NoteHeads}; the worker's take over by a ramp as soon as they come, for they alone know how this note is played.
 */
final class NoteVoice {
    /** Control frames that may wait. */
    private static final int QUEUE = 32;

    /** How long the last control is held when the worker is late; then the voice falls silent. */
    private static final double HOLD_SECONDS = 0.2;

    /** When all harmonics first rise together, and the note is audible: the first ramp has then got somewhere. */
    static final double CROSSING_SECONDS = 0.0005;

    /** By how much later at most, as a share: equal notes begin in other phases. */
    private static final double CROSSING_SPREAD = 0.4;

    /** Control frames over which the worker takes over. */
    private static final int TAKE_OVER = 4;

    /** Longest piece rendered at once. */
    private static final int PIECE = 256;

    /** Share of the way to a new level gone in one control frame: settles within some 20 ms. */
    private static final float LEVEL_STEP = 0.25f;

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

    private final HarmonicNoiseEngine engine;
    private final NoteHeads heads;
    private final SynthControls[] queue = new SynthControls[QUEUE];
    private final long[] queued = new long[QUEUE];
    private final SynthControls next;
    private final SynthControls worker;
    private final SynthControls pushed;
    private final int holdFrames;
    private final float[] piece = new float[PIECE];
    private final double crossingFrames;
    private int headKey;
    private float velocity;
    private float keyHz;
    private long index;
    private int arrived;
    private int waiting;
    private float releaseSeconds;
    private long missed;
    private int held;
    private float gain;
    private float fade;
    private float fadeStep;

    NoteVoice(HarmonicNoiseConfig config, NoteHeads heads, double sampleRateHz, int maxFrames) {
        this.heads = heads;
        engine = new HarmonicNoiseEngine(config);
        engine.prepare(sampleRateHz, maxFrames);
        crossingFrames = CROSSING_SECONDS * sampleRateHz;
        for (int i = 0; i < QUEUE; i++) {
            queue[i] = new SynthControls(config.harmonics(), config.noiseBands());
        }
        next = new SynthControls(config.harmonics(), config.noiseBands());
        worker = new SynthControls(config.harmonics(), config.noiseBands());
        pushed = new SynthControls(config.harmonics(), config.noiseBands());
        holdFrames = (int) Math.round(HOLD_SECONDS * config.controlRateHz());
    }

    /**
     * Begins a note.
     *
     * @param seed of noise and phase
     * @param delayFrames after how many frames
     */
    @RealTime
    void start(int newSerial, int newChannel, int newKey, float newVelocity, long seed, int delayFrames) {
        state = State.HELD;
        serial = newSerial;
        channel = newChannel;
        key = newKey;
        headKey = newKey;
        velocity = newVelocity;
        keyHz = (float) Units.midiToHz(newKey);
        index = 0;
        held = 0;
        fade = 1f;
        fadeStep = 0f;
        Arrays.fill(queued, -1);
        arrived = 0;
        waiting = delayFrames;
        releaseSeconds = 0f;
        engine.reset(seed, crossingFrames * (1 + CROSSING_SPREAD * (seed >>> 40) * 0x1p-24));
    }

    /** Goes on to another note in the same bow: the worker's controls lead there. */
    @RealTime
    void slur(int newChannel, int newKey) {
        channel = newChannel;
        key = newKey;
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

    /** Takes a control frame from the worker; one that comes too late is of no use any more. */
    @RealTime
    void receive(ControlMessage message) {
        if (message.serial != serial || state == State.FREE || message.index < index || message.index >= index + QUEUE) {
            return;
        }
        int slot = (int) (message.index % QUEUE);
        queue[slot].set(message.controls);
        queued[slot] = message.index;
        releaseSeconds = message.releaseSeconds;
    }

    /**
     * Adds its sound.
     *
     * @param pitchRatio from the key's pitch at A4 = 440 Hz to the one to sound: tuning, transposition, bend
     * @param level linear gain
     */
    @RealTime
    void render(float[] out, int offset, int frames, double pitchRatio, float level) {
        int done = Math.min(waiting, frames);
        waiting -= done;
        if (waiting > 0 && state != State.HELD) {
            state = State.FREE;
        }
        while (done < frames && state != State.FREE) {
            if (engine.framesToNextControl() == 0) {
                feed(pitchRatio, level);
            }
            int count = Math.min(Math.min(frames - done, PIECE), engine.framesToNextControl());
            engine.render(piece, 0, count);
            mix(out, offset + done, count);
            done += count;
        }
    }

    /** Controls missing when they were due, since the note began. */
    @RealTime
    long takeMissed() {
        long count = missed;
        missed = 0;
        return count;
    }

    /** Control frames played. */
    @RealTime
    long index() {
        return index;
    }

    /** How long it fades when released; 0 while nothing is known. */
    @RealTime
    float releaseSeconds() {
        return releaseSeconds;
    }

    /** How loud it is, to choose which voice to end. */
    @RealTime
    float loudness() {
        return next.amplitude * fade;
    }

    @RealTime
    private void feed(double pitchRatio, float level) {
        int slot = (int) (index % QUEUE);
        boolean fresh = queued[slot] == index;
        if (fresh) {
            worker.set(queue[slot]);
            arrived = Math.min(arrived + 1, TAKE_OVER);
            held = 0;
        }
        if (arrived == TAKE_OVER) {
            next.set(worker);
        } else {
            begin();
        }
        if (!fresh && index >= heads.frames()) {
            missed++;
            if (++held > holdFrames) {
                next.mute();
            }
        }
        gain = index++ == 0 ? level : gain + LEVEL_STEP * (level - gain);
        pushed.set(next);
        pushed.f0Hz *= (float) pitchRatio;
        pushed.amplitude *= gain;
        for (int band = 0; band < pushed.noiseMagnitudes.length; band++) {
            pushed.noiseMagnitudes[band] *= gain;
        }
        engine.push(pushed);
    }

    /** What was held ready, and of the worker's last frame more with each that comes; its pitch at once. */
    @RealTime
    private void begin() {
        heads.get(headKey, velocity, (int) Math.min(index, heads.frames() - 1), keyHz, next);
        if (arrived > 0) {
            blend(worker, (float) arrived / TAKE_OVER);
        }
    }

    @RealTime
    private void blend(SynthControls other, float share) {
        next.f0Hz = other.f0Hz;
        next.amplitude += share * (other.amplitude - next.amplitude);
        blend(next.harmonicDistribution, other.harmonicDistribution, share);
        blend(next.noiseMagnitudes, other.noiseMagnitudes, share);
    }

    @RealTime
    private static void blend(float[] to, float[] other, float share) {
        for (int i = 0; i < to.length; i++) {
            to[i] += share * (other[i] - to[i]);
        }
    }

    /** The fade is squared: it leaves fast and arrives gently. */
    @RealTime
    private void mix(float[] out, int offset, int count) {
        if (fadeStep == 0f) {
            for (int i = 0; i < count; i++) {
                out[offset + i] += piece[i];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            fade = Math.max(0f, fade + fadeStep);
            out[offset + i] += piece[i] * fade * fade;
        }
        if (fade == 0f) {
            state = State.FREE;
        }
    }
}
