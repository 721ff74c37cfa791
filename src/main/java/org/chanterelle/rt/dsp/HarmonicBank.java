package org.chanterelle.rt.dsp;

import java.util.Arrays;
import org.chanterelle.signal.RealTime;

/**
 * Sum of harmonics {@code a_k sin(2 pi k phase)} of one gliding fundamental. Over each ramp f0 (in Hz) and all amplitudes move
 * linearly: frame {@code n} of {@code N} has the value {@code from + (to - from) n / N}. The phase is the inclusive sum of f0, kept
 * in {@code double} cycles and wrapped, in closed form, so that it never drifts.
 *
 * <p>A harmonic fades as its frequency rises from {@code fadeStartHz} to {@code fadeEndHz}, frame by frame, along {@code x x (3 - 2 x)}:
 * nothing sounds above the end, however steep the glide, and a crossing does not click. (A linear fade left corners that spread 15 dB
 * more.)
 */
public final class HarmonicBank {
    /** Frames computed at once, whatever is asked for: so the result does not depend on block sizes. */
    private static final int CHUNK = SineSeries.CHUNK;

    /** Amplitudes below this (-240 dB) count as silence, which also keeps denormal numbers out. */
    private static final float SILENCE = 1e-12f;

    private final int harmonics;
    private final float fadeStartHz;
    private final float fadeEndHz;
    private final SineSeries series;

    private final float[] target;
    private final float[] level;
    private final float[] slope;
    private double phase;
    private float fromHz;
    private float toHz;
    private int rampFrames = 1;
    private int position;

    private final float[] chunk = new float[CHUNK];
    private int chunkStart;
    private int chunkEnd;

    /**
     * @param harmonics how many, the fundamental included
     * @param sampleRateHz device rate
     * @param fadeStartHz frequency from which harmonics fade
     * @param fadeEndHz frequency from which they are silent, at most half the sample rate
     */
    public HarmonicBank(int harmonics, double sampleRateHz, double fadeStartHz, double fadeEndHz) {
        if (harmonics < 1 || !(fadeStartHz < fadeEndHz) || fadeEndHz > sampleRateHz / 2) {
            throw new IllegalArgumentException(
                    harmonics + " harmonics fading from " + fadeStartHz + " to " + fadeEndHz + " Hz at " + sampleRateHz + " Hz");
        }
        this.harmonics = harmonics;
        this.fadeStartHz = (float) fadeStartHz;
        this.fadeEndHz = (float) fadeEndHz;
        int padded = harmonics + 1;
        target = new float[padded];
        level = new float[padded];
        slope = new float[padded];
        series = new SineSeries(sampleRateHz, level, slope, fadeStartHz, fadeEndHz);
        reset(1f, 0);
    }

    /** Silence at {@code f0Hz}; the frame before the next one has phase {@code phaseCycles}. */
    @RealTime
    public void reset(float f0Hz, double phaseCycles) {
        Arrays.fill(target, 0f);
        toHz = f0Hz;
        phase = phaseCycles;
        hold();
    }

    /**
     * Starts a ramp from where the present one ends, or is.
     *
     * @param f0Hz positive frequency of the fundamental at the end
     * @param amplitudes linear amplitude of each harmonic at the end, finite
     * @param frames length of the ramp
     */
    @RealTime
    public void ramp(float f0Hz, float[] amplitudes, int frames) {
        finish();
        fromHz = toHz;
        toHz = f0Hz;
        rampFrames = frames;
        float perFrame = 1f / frames;
        for (int k = 0; k < harmonics; k++) {
            float to = Math.abs(amplitudes[k]) < SILENCE ? 0f : amplitudes[k];
            level[k] = target[k];
            slope[k] = (to - target[k]) * perFrame;
            target[k] = to;
        }
        begin();
    }

    /** Frames still to be rendered of the present ramp; afterwards its end is held. */
    @RealTime
    public int remaining() {
        return rampFrames - position;
    }

    /** Writes the next {@code frames} frames. */
    @RealTime
    public void render(float[] out, int offset, int frames) {
        int done = 0;
        while (done < frames) {
            if (position == rampFrames) {
                finish();
                hold();
            }
            if (position == chunkEnd) {
                chunkStart = position;
                chunkEnd = Math.min(rampFrames, position + CHUNK);
                series.render(chunkStart, chunkEnd - chunkStart, chunk);
            }
            int count = Math.min(frames - done, chunkEnd - position);
            System.arraycopy(chunk, position - chunkStart, out, offset + done, count);
            position += count;
            done += count;
        }
    }

    /** Phase in cycles of the last frame written. */
    @RealTime
    public double phaseCycles() {
        return series.cyclesAt(position - 1);
    }

    /** Ends the present ramp where it stands and carries the phase over. */
    @RealTime
    private void finish() {
        phase = phaseCycles();
        phase -= Math.rint(phase);
        if (position < rampFrames) {
            toHz = fromHz + (toHz - fromHz) * position / rampFrames;
            for (int k = 0; k < harmonics; k++) {
                target[k] = level[k] + slope[k] * position;
            }
        }
    }

    @RealTime
    private void hold() {
        fromHz = toHz;
        rampFrames = CHUNK;
        System.arraycopy(target, 0, level, 0, harmonics);
        Arrays.fill(slope, 0f);
        begin();
    }

    /** Finds which harmonics sound in this ramp, and which of those may enter the fade. */
    @RealTime
    private void begin() {
        int active = Math.min(harmonics, (int) (fadeEndHz / Math.min(fromHz, toHz)));
        while (active > 0 && level[active - 1] == 0f && target[active - 1] == 0f) {
            active--;
        }
        int below = (int) (fadeStartHz / Math.max(fromHz, toHz));
        int plain = below > active ? active + (active & 1) : below & ~1;
        series.begin(phase, fromHz, ((double) toHz - fromHz) / rampFrames, plain, active);
        position = 0;
        chunkStart = 0;
        chunkEnd = 0;
    }
}
