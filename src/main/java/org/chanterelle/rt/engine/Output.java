package org.chanterelle.rt.engine;

import org.chanterelle.rt.dsp.ConvolutionReverb;
import org.chanterelle.rt.dsp.Limiter;
import org.chanterelle.rt.dsp.Ramp;
import org.chanterelle.signal.RealTime;

/** What every engine's sound passes, live and offline: the room, a gain that moves without clicks, the limiter. Adds no delay. */
public final class Output {
    private static final double GAIN_SECONDS = 0.02;

    private final ConvolutionReverb reverb;
    private final Ramp gain;
    private final Limiter limiter;

    /** Without a room. */
    public Output(double sampleRateHz) {
        this(sampleRateHz, null);
    }

    /**
     * @param sampleRateHz device rate
     * @param impulse the room's impulse response at that rate, added to the direct sound; null or empty for none
     */
    public Output(double sampleRateHz, float[] impulse) {
        reverb = impulse == null || impulse.length == 0 ? null : new ConvolutionReverb(impulse);
        gain = new Ramp(GAIN_SECONDS, sampleRateHz, 1f);
        limiter = new Limiter(sampleRateHz);
    }

    /** Frames that sound on after the last input. */
    public int tailFrames() {
        return reverb == null ? 0 : reverb.tailFrames();
    }

    /** Moves to a linear gain within 20 ms. */
    @RealTime
    public void setGain(float linear) {
        gain.moveTo(linear);
    }

    /** Falls silent at once; the gain stays where it was going. */
    @RealTime
    public void reset() {
        if (reverb != null) {
            reverb.reset();
        }
        gain.jump(gain.target());
        limiter.reset();
    }

    /** Processes {@code frames} frames in place. */
    @RealTime
    public void process(float[] audio, int offset, int frames) {
        if (reverb != null) {
            reverb.process(audio, offset, audio, offset, frames);
        }
        gain.multiply(audio, offset, frames);
        limiter.process(audio, offset, frames);
    }
}
