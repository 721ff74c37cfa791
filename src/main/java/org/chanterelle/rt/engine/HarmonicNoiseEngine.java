package org.chanterelle.rt.engine;

import java.util.Arrays;
import org.chanterelle.rt.dsp.FilteredNoise;
import org.chanterelle.rt.dsp.NoiseSource;
import org.chanterelle.rt.dsp.SeededNoise;
import org.chanterelle.signal.RealTime;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;

/**
 * One harmonic-plus-noise voice, driven by control frames.
 *
 * <p>Control frame {@code i} sounds at frame {@code round(i rate / controlRate)} plus a constant, {@link #latencyFrames()}: about one
 * control period, because amplitudes and f0 move linearly to frame i while frame i is already known. The first frame after a reset
 * fades in from silence, its phase such that the phase's sum begins with frame 0. Noise of frame i fills the period that begins with it; the
 * part of its response that comes before is possible within the same period.
 *
 * <p>The harmonics of a control frame at or above the model's Nyquist frequency are silent; {@link GlideLaw} says what happens
 * between control frames.
 *
 * <p>Called as {@code if (framesToNextControl() == 0) push(...)}, then {@code render} up to {@code framesToNextControl()} frames.
 * When no control comes in time the last is held, then faded out, and {@link #missedControls()} counts.
 */
public final class HarmonicNoiseEngine implements Engine {
    /** Time after which a voice that gets no controls falls silent. */
    static final double HOLD_SECONDS = 0.5;

    private final HarmonicNoiseConfig config;
    private final NoiseSource noiseSource;
    private final GlideLaw law;
    private final SynthControls current;
    private final SynthControls pending;
    private final float[] amplitudes;
    private boolean hasPending;
    private long missed;

    private double sampleRateHz;
    private HarmonicVoice harmonics;
    private FilteredNoise noise;
    private float[] response;
    private float[] harmonicBlock;

    /** Sums what overlaps: a ring, its first frame the next to be heard. */
    private float[] sum;

    private int mask;
    private int head;
    private int firstPeriod;
    private int lead;

    private long controlIndex;
    private int remaining;
    private int heldPeriods;
    private double zeroFrames;

    /** With the configuration's seeded noise, for listening. */
    public HarmonicNoiseEngine(HarmonicNoiseConfig config) {
        this(config, new SeededNoise(config.seed()), GlideLaw.CLEAN);
    }

    /** With a noise source and a law of one's own. */
    public HarmonicNoiseEngine(HarmonicNoiseConfig config, NoiseSource noiseSource, GlideLaw law) {
        this.config = config;
        this.law = law;
        this.noiseSource = noiseSource;
        current = new SynthControls(config.harmonics(), config.noiseBands());
        pending = new SynthControls(config.harmonics(), config.noiseBands());
        amplitudes = new float[config.harmonics()];
    }

    @Override
    public void prepare(double sampleRateHz, int maxFrames) {
        this.sampleRateHz = sampleRateHz;
        double hopFrames = sampleRateHz / config.controlRateHz();
        firstPeriod = (int) Math.ceil(hopFrames);
        int longest = firstPeriod + 1;
        harmonics = new HarmonicVoice(config.harmonics(), config.modelRateHz(), sampleRateHz, law, longest);
        noise = new FilteredNoise(config.noiseBands(), config.modelRateHz(), sampleRateHz, longest, noiseSource);
        lead = Math.max(0, noise.halfTaps() - (int) Math.floor(hopFrames));
        response = new float[noise.responseCapacity(longest)];
        harmonicBlock = new float[longest];
        int reach = 2 * longest + lead + response.length;
        sum = new float[Integer.highestOneBit(reach) * 2];
        mask = sum.length - 1;
        reset();
    }

    @Override
    @RealTime
    public void reset() {
        noise.reset();
        Arrays.fill(sum, 0f);
        head = 0;
        controlIndex = 0;
        remaining = 0;
        heldPeriods = 0;
        hasPending = false;
        missed = 0;
        zeroFrames = firstPeriod;
        current.f0Hz = (float) Units.A4_HZ;
        current.mute();
    }

    /**
     * Starts again with noise and phase of its own, so that equal notes differ, and the same seed sounds the same.
     *
     * @param seed of the noise
     * @param crossingFrames after so many frames the fundamental's phase is 0, where all harmonics rise: soon after the start, the
     *     note is audible at once, whatever its period
     */
    @RealTime
    public void reset(long seed, double crossingFrames) {
        noiseSource.reset(seed);
        reset();
        zeroFrames = crossingFrames;
    }

    /** Latency in frames of the prepared device. */
    public int latencyFrames() {
        return firstPeriod + lead;
    }

    @Override
    public double latencySeconds() {
        return latencyFrames() / sampleRateHz;
    }

    /** Frames until the next control is due; 0: push one now. */
    @RealTime
    public int framesToNextControl() {
        return remaining;
    }

    /** Control periods since the reset that began without a fresh control. */
    @RealTime
    public long missedControls() {
        return missed;
    }

    /**
     * Sets the next control frame, copied. In the middle of a period it waits for the end; a second one replaces it. A frame with a
     * number that is not finite, or no positive f0, counts as missing: the last one is held. Either way a control is not due again at
     * once.
     */
    @RealTime
    public void push(SynthControls next) {
        if (!isUsable(next)) {
            if (remaining == 0) {
                nextPeriod();
            }
            return;
        }
        if (remaining > 0) {
            pending.set(next);
            hasPending = true;
            return;
        }
        if (controlIndex == 0) {
            begin(next.f0Hz);
        }
        current.set(next);
        heldPeriods = 0;
        startPeriod();
    }

    @Override
    @RealTime
    public void render(float[] out, int offset, int frames) {
        int done = 0;
        while (done < frames) {
            if (remaining == 0) {
                nextPeriod();
            }
            int count = Math.min(Math.min(frames - done, remaining), harmonicBlock.length);
            harmonics.render(harmonicBlock, 0, count);
            add(harmonicBlock, lead, count);
            take(out, offset + done, count);
            remaining -= count;
            done += count;
        }
        if (remaining == 0 && hasPending) {
            nextPeriod();
        }
    }

    @RealTime
    private static boolean isUsable(SynthControls controls) {
        float total = controls.f0Hz + controls.amplitude;
        for (int k = 0; k < controls.harmonicDistribution.length; k++) {
            total += controls.harmonicDistribution[k];
        }
        for (int b = 0; b < controls.noiseMagnitudes.length; b++) {
            total += controls.noiseMagnitudes[b];
        }
        return controls.f0Hz > 0 && Math.abs(total) <= Float.MAX_VALUE;
    }

    /** Takes the waiting control, or holds the last; the grid goes on either way. */
    @RealTime
    private void nextPeriod() {
        if (hasPending) {
            hasPending = false;
            push(pending);
            return;
        }
        missed++;
        heldPeriods++;
        if (heldPeriods > HOLD_SECONDS * config.controlRateHz()) {
            current.mute();
        }
        if (controlIndex == 0) {
            begin(current.f0Hz);
        }
        startPeriod();
    }

    /** First period after a reset; unless told otherwise it ends with phase 0, as if the sum of f0 began with control frame 0. */
    @RealTime
    private void begin(float f0Hz) {
        harmonics.reset(f0Hz, -zeroFrames * f0Hz / sampleRateHz);
    }

    @RealTime
    private void startPeriod() {
        int ramp = controlIndex == 0 ? firstPeriod : (int) (frameOf(controlIndex) - frameOf(controlIndex - 1));
        int block = (int) (frameOf(controlIndex + 1) - frameOf(controlIndex));
        double modelNyquistHz = config.modelRateHz() / 2;
        for (int k = 0; k < amplitudes.length; k++) {
            boolean audible = (k + 1) * (double) current.f0Hz < modelNyquistHz;
            amplitudes[k] = audible ? current.amplitude * current.harmonicDistribution[k] : 0f;
        }
        harmonics.ramp(current.f0Hz, amplitudes, ramp);
        if (noise.render(current.noiseMagnitudes, block, response)) {
            add(response, ramp + lead - noise.halfTaps(), block + 2 * noise.halfTaps());
        }
        remaining = ramp;
        controlIndex++;
    }

    @RealTime
    private long frameOf(long control) {
        return Math.round(control * sampleRateHz / config.controlRateHz());
    }

    @RealTime
    private void add(float[] audio, int delay, int frames) {
        int from = head + delay;
        for (int i = 0; i < frames; i++) {
            sum[(from + i) & mask] += audio[i];
        }
    }

    @RealTime
    private void take(float[] out, int offset, int frames) {
        for (int i = 0; i < frames; i++) {
            int at = (head + i) & mask;
            out[offset + i] = sum[at];
            sum[at] = 0f;
        }
        head = (head + frames) & mask;
    }
}
