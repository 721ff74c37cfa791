package org.chanterelle.rt.dsp;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.chanterelle.signal.RealTime;

/**
 * The vector arithmetic of {@link HarmonicBank}: {@code sum over k of (level_k + n slope_k) sin(2 pi k phase(n))} for a chunk of
 * frames n of one ramp.
 *
 * <p>Frames are the lanes. Harmonics follow from the first by Reinsch's recurrence {@code d += u s, s += d}, with
 * {@code u = -4 sin^2(pi phase)}: two operations each. It is accurate near phase 0 only (Chebyshev's, tried first, errs by -51 dB at
 * harmonic 100), so phases beyond a quarter cycle are mirrored, which flips the sign of the even harmonics: hence two sums.
 */
final class SineSeries {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Most frames in a chunk: four vectors, or 64. */
    static final int CHUNK = Math.max(64, 4 * LANES);

    /** Adding and subtracting it rounds a small float to the nearest integer. */
    private static final float ROUNDER = 12_582_912f;

    private static final FloatVector LANE = laneNumbers();

    private final double sampleRateHz;
    private final float fadeEndHz;
    private final float fadePerHz;
    private final float[] level;
    private final float[] slope;

    private double phase;
    private double fromHz;
    private double hzPerFrame;
    private int plain;
    private int active;
    private int chunkStart;

    private final float[] turn = new float[CHUNK];
    private final float[] mirror = new float[CHUNK];
    private final float[] sine = new float[CHUNK];
    private final float[] difference = new float[CHUNK];
    private final float[] odd = new float[CHUNK];
    private final float[] even = new float[CHUNK];

    /**
     * @param level amplitude of each harmonic at frame 0 of a ramp, shared with the caller, one element longer than the harmonics
     * @param slope its change in a frame, likewise
     * @param fadeStartHz frequency from which a harmonic fades
     * @param fadeEndHz frequency from which it is silent
     */
    SineSeries(double sampleRateHz, float[] level, float[] slope, double fadeStartHz, double fadeEndHz) {
        this.sampleRateHz = sampleRateHz;
        this.level = level;
        this.slope = slope;
        this.fadeEndHz = (float) fadeEndHz;
        fadePerHz = (float) (1 / (fadeEndHz - fadeStartHz));
    }

    private static FloatVector laneNumbers() {
        float[] numbers = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            numbers[i] = i;
        }
        return FloatVector.fromArray(SPECIES, numbers, 0);
    }

    /**
     * Begins a ramp.
     *
     * @param newPhase cycles, of the frame before the first
     * @param newHz f0 of frame 0
     * @param newHzPerFrame its change in a frame
     * @param plainHarmonics how many stay below the fade throughout, an even number
     * @param activeHarmonics how many are to be heard
     */
    @RealTime
    void begin(double newPhase, double newHz, double newHzPerFrame, int plainHarmonics, int activeHarmonics) {
        phase = newPhase;
        fromHz = newHz;
        hzPerFrame = newHzPerFrame;
        plain = plainHarmonics;
        active = activeHarmonics;
    }

    /** Phase in cycles of frame {@code n} of this ramp. */
    @RealTime
    double cyclesAt(int n) {
        return phase + ((n + 1.0) * fromHz + hzPerFrame * (0.5 * n * (n + 1.0))) / sampleRateHz;
    }

    /** Writes frames {@code start} to {@code start + frames} of this ramp, at most {@link #CHUNK}, to the beginning of {@code out}. */
    @RealTime
    void render(int start, int frames, float[] out) {
        if (active == 0) {
            Arrays.fill(out, 0, frames, 0f);
            return;
        }
        chunkStart = start;
        for (int i = 0; i < frames; i += LANES) {
            seed(i);
        }
        for (int i = 0; i < frames; i += 4 * LANES) {
            addPlain(i);
        }
        for (int i = 0; i < frames; i += LANES) {
            if (active > plain) {
                addFading(i);
            }
            FloatVector.fromArray(SPECIES, even, i)
                    .fma(FloatVector.fromArray(SPECIES, mirror, i), FloatVector.fromArray(SPECIES, odd, i))
                    .intoArray(out, i);
        }
    }

    /** Phase of each lane, folded to a quarter cycle, and the recurrence's start there. */
    @RealTime
    private void seed(int i) {
        int n = chunkStart + i;
        double cycles = cyclesAt(n);
        float bend = (float) (0.5 * hzPerFrame / sampleRateHz);
        float step = (float) ((fromHz + hzPerFrame * (n + 0.5)) / sampleRateHz);
        float start = (float) (cycles - Math.rint(cycles));
        FloatVector x = LANE.fma(LANE.fma(FloatVector.broadcast(SPECIES, bend), FloatVector.broadcast(SPECIES, step)),
                FloatVector.broadcast(SPECIES, start));
        x = x.sub(x.add(ROUNDER).sub(ROUNDER));
        VectorMask<Float> far = x.abs().compare(VectorOperators.GT, 0.25f);
        VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
        FloatVector halfTurn = FloatVector.broadcast(SPECIES, 0.5f).blend(-0.5f, negative);
        x = x.blend(halfTurn.sub(x), far);
        FloatVector square = x.mul(x);
        FloatVector sin = square.mul(-0.589076242772f).add(2.54976706205f).fma(square, broadcast(-5.16770782306f))
                .fma(square, broadcast(3.1415926439f)).mul(x);
        FloatVector cos = square.mul(0.232107293936f).add(-1.33513582364f).fma(square, broadcast(4.05871050311f))
                .fma(square, broadcast(-4.934802197f)).fma(square, broadcast(1f));
        FloatVector first = sin.add(sin).mul(cos);
        sin.mul(sin).mul(-4f).intoArray(turn, i);
        first.intoArray(sine, i);
        first.intoArray(difference, i);
        broadcast(1f).blend(-1f, far).intoArray(mirror, i);
    }

    @RealTime
    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** The harmonics below the fade, for four vectors at once so that the recurrences hide each other's latency. */
    @RealTime
    private void addPlain(int i) {
        int i1 = i + LANES;
        int i2 = i1 + LANES;
        int i3 = i2 + LANES;
        FloatVector n0 = LANE.add(chunkStart + i);
        FloatVector n1 = LANE.add(chunkStart + i1);
        FloatVector n2 = LANE.add(chunkStart + i2);
        FloatVector n3 = LANE.add(chunkStart + i3);
        FloatVector u0 = FloatVector.fromArray(SPECIES, turn, i);
        FloatVector u1 = FloatVector.fromArray(SPECIES, turn, i1);
        FloatVector u2 = FloatVector.fromArray(SPECIES, turn, i2);
        FloatVector u3 = FloatVector.fromArray(SPECIES, turn, i3);
        FloatVector s0 = FloatVector.fromArray(SPECIES, sine, i);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sine, i1);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sine, i2);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sine, i3);
        FloatVector d0 = s0;
        FloatVector d1 = s1;
        FloatVector d2 = s2;
        FloatVector d3 = s3;
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector other0 = sum0;
        FloatVector other1 = sum0;
        FloatVector other2 = sum0;
        FloatVector other3 = sum0;
        // Odd and even sums change places after each harmonic. Two harmonics written out are more than C2 inlines, and what it does
        // not inline it boxes.
        for (int k = 0; k < plain; k++) {
            FloatVector base = FloatVector.broadcast(SPECIES, level[k]);
            FloatVector rise = FloatVector.broadcast(SPECIES, slope[k]);
            FloatVector next0 = s0.fma(n0.fma(rise, base), sum0);
            FloatVector next1 = s1.fma(n1.fma(rise, base), sum1);
            FloatVector next2 = s2.fma(n2.fma(rise, base), sum2);
            FloatVector next3 = s3.fma(n3.fma(rise, base), sum3);
            sum0 = other0;
            sum1 = other1;
            sum2 = other2;
            sum3 = other3;
            other0 = next0;
            other1 = next1;
            other2 = next2;
            other3 = next3;
            d0 = u0.fma(s0, d0);
            d1 = u1.fma(s1, d1);
            d2 = u2.fma(s2, d2);
            d3 = u3.fma(s3, d3);
            s0 = s0.add(d0);
            s1 = s1.add(d1);
            s2 = s2.add(d2);
            s3 = s3.add(d3);
        }
        sum0.intoArray(odd, i);
        sum1.intoArray(odd, i1);
        sum2.intoArray(odd, i2);
        sum3.intoArray(odd, i3);
        other0.intoArray(even, i);
        other1.intoArray(even, i1);
        other2.intoArray(even, i2);
        other3.intoArray(even, i3);
        s0.intoArray(sine, i);
        s1.intoArray(sine, i1);
        s2.intoArray(sine, i2);
        s3.intoArray(sine, i3);
        d0.intoArray(difference, i);
        d1.intoArray(difference, i1);
        d2.intoArray(difference, i2);
        d3.intoArray(difference, i3);
    }

    /** The harmonics that may lie in the fade during this ramp. */
    @RealTime
    private void addFading(int i) {
        FloatVector n = LANE.add(chunkStart + i);
        FloatVector f0 = n.fma(broadcast((float) hzPerFrame), broadcast((float) fromHz));
        FloatVector u = FloatVector.fromArray(SPECIES, turn, i);
        FloatVector s = FloatVector.fromArray(SPECIES, sine, i);
        FloatVector d = FloatVector.fromArray(SPECIES, difference, i);
        FloatVector oddSum = FloatVector.fromArray(SPECIES, odd, i);
        FloatVector evenSum = FloatVector.fromArray(SPECIES, even, i);
        for (int k = plain; k < active; k++) {
            FloatVector below = f0.mul(-(k + 1)).add(fadeEndHz).mul(fadePerHz).max(0f).min(1f);
            FloatVector fade = below.mul(below).mul(below.mul(-2f).add(3f));
            FloatVector part = n.fma(broadcast(slope[k]), broadcast(level[k])).mul(fade).mul(s);
            if ((k & 1) == 0) {
                oddSum = oddSum.add(part);
            } else {
                evenSum = evenSum.add(part);
            }
            d = u.fma(s, d);
            s = s.add(d);
        }
        oddSum.intoArray(odd, i);
        evenSum.intoArray(even, i);
    }
}
