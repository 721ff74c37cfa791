package org.chanterelle.rt.engine;

import java.util.Arrays;
import org.chanterelle.rt.dsp.ConvolutionReverb;
import org.chanterelle.rt.dsp.HighPass;
import org.chanterelle.rt.dsp.Limiter;
import org.chanterelle.rt.dsp.Ramp;
import org.chanterelle.rt.dsp.SmoothedValue;
import org.chanterelle.signal.RealTime;

/**
 * What every instrument's sound passes: the room, gains that move without clicks, the limiter, and at the end of its time a fade. Adds
 * no delay.
 */
public final class Output {
    private static final double GAIN_SECONDS = 0.02;
    private static final int PIECE = 256;

    /** Cut-off that takes no more than an offset. */
    private static final double OFFSET_HZ = 10;

    /** Null for none. */
    private final ConvolutionReverb room;

    private final SmoothedValue gain;
    private final SmoothedValue roomGain;
    private final Ramp presence;
    private final Limiter limiter;
    private final HighPass rumble;
    private final HighPass secondRumble;
    private final float[] wet = new float[PIECE];

    /** Without a room; takes away only an offset. */
    public Output(double sampleRateHz) {
        this(sampleRateHz, null, OFFSET_HZ);
    }

    /**
     * @param sampleRateHz device rate
     * @param tail the room's impulse response at that rate, without the direct sound; null or empty for none
     * @param rumbleHz what lies below is taken away
     */
    public Output(double sampleRateHz, float[] tail, double rumbleHz) {
        room = tail == null || tail.length == 0 ? null : new ConvolutionReverb(tail, 0f, ConvolutionReverb.DEFAULT_PARTITION);
        gain = new SmoothedValue(GAIN_SECONDS, sampleRateHz, 1f);
        roomGain = new SmoothedValue(GAIN_SECONDS, sampleRateHz, 1f);
        presence = new Ramp(GAIN_SECONDS, sampleRateHz, 1f);
        limiter = new Limiter(sampleRateHz);
        rumble = new HighPass(rumbleHz, sampleRateHz);
        secondRumble = new HighPass(rumbleHz, sampleRateHz);
    }

    /** Frames that sound on after the last input. */
    public int tailFrames() {
        return room == null ? 0 : room.tailFrames();
    }

    /** Moves the whole to a linear gain, four fifths of the way within 20 ms. */
    @RealTime
    public void setGain(float linear) {
        gain.moveTo(linear);
    }

    /** Moves the room to a linear gain in the same time. */
    @RealTime
    public void setRoom(float linear) {
        roomGain.moveTo(linear);
    }

    /** Falls silent for good within 20 ms. */
    @RealTime
    public void leave() {
        presence.moveTo(0f);
    }

    /** Whether it has left. */
    @RealTime
    public boolean isGone() {
        return presence.target() == 0f && presence.value() == 0f;
    }

    /** Falls silent at once, and is back; the gains stay where they were going. */
    @RealTime
    public void reset() {
        if (room != null) {
            room.reset();
        }
        gain.jump(gain.target());
        roomGain.jump(roomGain.target());
        presence.jump(1f);
        rumble.reset();
        secondRumble.reset();
        limiter.reset();
    }

    /** Processes {@code frames} frames in place. */
    @RealTime
    public void process(float[] audio, int offset, int frames) {
        if (room != null) {
            for (int done = 0; done < frames; done += PIECE) {
                addRoom(audio, offset + done, Math.min(PIECE, frames - done));
            }
        }
        rumble.process(audio, offset, frames);
        secondRumble.process(audio, offset, frames);
        gain.multiply(audio, offset, frames);
        limiter.process(audio, offset, frames);
        if (isGone()) {
            Arrays.fill(audio, offset, offset + frames, 0f);
        } else {
            presence.multiply(audio, offset, frames);
        }
    }

    @RealTime
    private void addRoom(float[] audio, int offset, int frames) {
        room.process(audio, offset, wet, 0, frames);
        for (int i = 0; i < frames; i++) {
            audio[offset + i] += roomGain.next() * wet[i];
        }
    }
}
