package org.chanterelle.rt.engine;

import org.chanterelle.rt.dsp.HarmonicBank;
import org.chanterelle.signal.RealTime;

/** A harmonic bank, and a second one that fades in when the pitch leaps. */
final class HarmonicVoice {
    private final double leapRatio;
    private final float[] silence;
    private final float[] leavingBlock;
    private HarmonicBank sounding;
    private HarmonicBank leaving;
    private boolean leaps;
    private float f0Hz;

    HarmonicVoice(int harmonics, double modelRateHz, double sampleRateHz, GlideLaw law, int maxFrames) {
        leapRatio = law.leapRatio();
        silence = new float[harmonics];
        leavingBlock = new float[maxFrames];
        double startHz = law.fadeStartHz(modelRateHz, sampleRateHz);
        double endHz = law.fadeEndHz(modelRateHz, sampleRateHz);
        sounding = new HarmonicBank(harmonics, sampleRateHz, startHz, endHz);
        leaving = new HarmonicBank(harmonics, sampleRateHz, startHz, endHz);
    }

    /** Silence at {@code newHz}; the frame before the next one has phase {@code phaseCycles}. */
    @RealTime
    void reset(float newHz, double phaseCycles) {
        f0Hz = newHz;
        leaps = false;
        sounding.reset(newHz, phaseCycles);
    }

    /** Moves to a pitch and amplitudes within {@code frames} frames, at most the constructor's. */
    @RealTime
    void ramp(float newHz, float[] amplitudes, int frames) {
        leaps = newHz > f0Hz * leapRatio || f0Hz > newHz * leapRatio;
        if (leaps) {
            HarmonicBank entering = leaving;
            leaving = sounding;
            sounding = entering;
            entering.reset(newHz, leaving.phaseCycles());
            leaving.ramp(f0Hz, silence, frames);
        }
        sounding.ramp(newHz, amplitudes, frames);
        f0Hz = newHz;
    }

    /** Writes the next {@code frames} frames of the present ramp. */
    @RealTime
    void render(float[] out, int offset, int frames) {
        sounding.render(out, offset, frames);
        if (leaps) {
            leaving.render(leavingBlock, 0, frames);
            for (int i = 0; i < frames; i++) {
                out[offset + i] += leavingBlock[i];
            }
        }
    }
}
