package org.chanterelle.live;

import java.util.Arrays;
import org.chanterelle.rt.dsp.ConvolutionReverb;
import org.chanterelle.rt.dsp.HighPass;
import org.chanterelle.rt.dsp.Limiter;
import org.chanterelle.rt.dsp.SmoothedValue;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.HarmonicNoiseEngine;
import org.chanterelle.signal.SynthControls;

/**
 * Takes signal processors through states that a rehearsed note does not reach: full scale, silence after sound, a value that has
 * arrived, controls that never come. The compiler leaves out a branch that was never taken, and throws the callback's code away when it
 * is taken after all, in the middle of a performance. Small and at a low rate: a tenth of a second at first,
 * less than a millisecond once it is compiled.
 */
final class SeldomStates {
    private static final int RATE_HZ = 1000;
    private static final int HIGH_RATE_HZ = 48_000;
    private static final int FRAMES = 64;

    /** In which the limiter's peak has fallen to nothing. */
    private static final int BLOCKS_TO_SILENCE = 32;

    /** In which an engine without controls falls silent, and all else has come to rest. */
    private static final int BLOCKS_TO_REST = 12;

    private static final int HARMONICS = 4;
    private static final double CONTROL_RATE_HZ = 50;

    private final float[] audio = new float[FRAMES];
    private final SmoothedValue value = new SmoothedValue(0.01, RATE_HZ, 0f);
    private final HighPass highPass = new HighPass(10, RATE_HZ);
    private final Limiter limiter = new Limiter(RATE_HZ);

    /** At the low rate the gain is there within a frame, and nothing overtakes it. */
    private final Limiter overtaken = new Limiter(HIGH_RATE_HZ);

    private final ConvolutionReverb room;
    private final HarmonicNoiseEngine engine = new HarmonicNoiseEngine(
            new HarmonicNoiseConfig(HARMONICS, HARMONICS, RATE_HZ, CONTROL_RATE_HZ, 1));
    private final SynthControls controls = new SynthControls(HARMONICS, HARMONICS);

    SeldomStates() {
        float[] impulse = new float[4 * FRAMES];
        Arrays.fill(impulse, 0.01f);
        room = new ConvolutionReverb(impulse, 1f, FRAMES);
        engine.prepare(RATE_HZ, FRAMES);
        controls.f0Hz = 0.3f * RATE_HZ;
        controls.amplitude = 0.1f;
        Arrays.fill(controls.harmonicDistribution, 1f / HARMONICS);
        controls.noiseMagnitudes[1] = 0.1f;
    }

    /** Once through all of them, from sound to silence. */
    void visit() {
        value.moveTo(1 - value.target());
        engine.reset();
        engine.push(controls);
        Arrays.fill(audio, 1f);
        overtaken.reset();
        overtaken.process(audio, 0, FRAMES);
        for (int block = 0; block < BLOCKS_TO_SILENCE; block++) {
            Arrays.fill(audio, block == 0 ? 1f : block == 1 ? 0.8f : 0f);
            limiter.process(audio, 0, FRAMES);
            if (block < BLOCKS_TO_REST) {
                room.process(audio, 0, audio, 0, FRAMES);
                value.multiply(audio, 0, FRAMES);
                highPass.process(audio, 0, FRAMES);
                engine.render(audio, 0, FRAMES);
            }
        }
    }
}
