package org.chanterelle.rt.engine;

import org.chanterelle.rt.dsp.Varispeed;
import org.chanterelle.signal.RealTime;

/**
 * Plays blocks of sound at the model's rate on a device of any rate, bent to any pitch. When blocks run out it fades within what is left,
 * waits in silence, and fades in again where it stopped; {@link #missedFrames} counts.
 */
public final class WaveEngine implements Engine {
    /** Blocks' frames that may wait, as time: more than the worker makes ahead, even an octave up. */
    private static final double WAITING_SECONDS = 0.6;

    private static final double FADE_SECONDS = 0.004;

    /** Longest piece at one decision whether there is enough. */
    private static final int PIECE = 64;

    private static final double MOST_RATIO = 64;

    private final WaveConfig config;
    private Varispeed sound;
    private double framesPerFrame;
    private double speed;
    private double target;
    private int reserve;
    private float presence;
    private float step;
    private boolean begun;
    private boolean leaving;
    private double taken;
    private long missed;

    /** An engine that is not prepared yet. */
    public WaveEngine(WaveConfig config) {
        this.config = config;
    }

    @Override
    public void prepare(double sampleRateHz, int maxFrames) {
        framesPerFrame = config.modelRateHz() / sampleRateHz;
        reserve = (int) Math.ceil(FADE_SECONDS * sampleRateHz);
        // Over before what is left is, whatever the pieces' length.
        step = 1f / Math.max(1, reserve - PIECE);
        int capacity = (int) Math.ceil(WAITING_SECONDS * config.modelRateHz()) + 2 * config.blockFrames();
        sound = new Varispeed(capacity);
        reset();
    }

    @Override
    @RealTime
    public void reset() {
        sound.reset();
        speed = framesPerFrame;
        target = framesPerFrame;
        presence = 1f;
        begun = false;
        leaving = false;
        taken = 0;
        missed = 0;
    }

    @Override
    public double latencySeconds() {
        return 0;
    }

    /** Frames at the model's rate that may be pushed. */
    @RealTime
    public int room() {
        return sound.room();
    }

    /** Appends sound at the model's rate, at most {@link #room}. */
    @RealTime
    public void push(float[] audio, int offset, int frames) {
        sound.push(audio, offset, frames);
    }

    /** Bends the sound to a multiple of its own pitch, within the next piece; at once before the first. */
    @RealTime
    public void setRatio(double ratio) {
        target = framesPerFrame * Math.max(1 / MOST_RATIO, Math.min(MOST_RATIO, ratio));
        if (!begun) {
            speed = target;
        }
    }

    /** Frames that can be played now without running out. */
    @RealTime
    public int readyFrames() {
        return Math.max(0, sound.ready(Math.max(speed, target)) - reserve - PIECE);
    }

    /** Whether anything has been played since the reset. */
    @RealTime
    public boolean hasBegun() {
        return begun;
    }

    /** Frames of silence for want of blocks, once it has begun. */
    @RealTime
    public long missedFrames() {
        return missed;
    }

    /** Frames at the model's rate played since the reset. */
    @RealTime
    public long taken() {
        return (long) taken;
    }

    @Override
    @RealTime
    public void render(float[] out, int offset, int frames) {
        int done = 0;
        while (done < frames) {
            int count = Math.min(PIECE, frames - done);
            piece(out, offset + done, count);
            done += count;
        }
    }

    @RealTime
    private void piece(float[] out, int offset, int frames) {
        int ready = sound.ready(Math.max(speed, target));
        boolean enough = ready >= reserve + PIECE;
        // Once it fades it fades to the end: what is left lasts just that long.
        leaving = begun && presence > 0f && (leaving || !enough);
        if (ready < frames || presence == 0f && !enough || !begun && !enough) {
            rest(out, offset, frames);
            return;
        }
        begun = true;
        sound.render(out, offset, frames, speed, target);
        taken += frames * (speed + target) / 2;
        speed = target;
        if (leaving || presence < 1f) {
            fade(out, offset, frames, leaving ? -step : step);
        }
    }

    @RealTime
    private void rest(float[] out, int offset, int frames) {
        presence = begun ? 0f : 1f;
        missed += begun ? frames : 0;
        for (int i = offset; i < offset + frames; i++) {
            out[i] = 0f;
        }
    }

    @RealTime
    private void fade(float[] out, int offset, int frames, float change) {
        for (int i = offset; i < offset + frames; i++) {
            presence = Math.max(0f, Math.min(1f, presence + change));
            out[i] *= presence;
        }
    }
}
