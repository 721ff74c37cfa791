package org.chanterelle.ddsp;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of harmonics and its gradient by their amplitudes on plain arrays: what {@link HarmonicSynth} gives with held straight
 * lines, without its tables of sines, which at 32 kHz and 100 harmonics take gigabytes a step. The sines of each audio frame come
 * from one rotation, in registers, once forward and once more backward. Not for several threads.
 */
public final class HarmonicSum {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final double sampleRateHz;
    private final int hop;
    private final int harmonics;
    private final int width;

    private final float[] hz;
    private final float[] cos;
    private final float[] sin;
    private final float[] share;
    private final float[] piece;
    private final float[] from;
    private final float[] to;

    private double cycles;
    private int safe;
    private int audible;

    /** For {@code hop} audio frames a control frame. */
    public HarmonicSum(double sampleRateHz, int hop, int harmonics) {
        this.sampleRateHz = sampleRateHz;
        this.hop = hop;
        this.harmonics = harmonics;
        width = Math.ceilDiv(hop, LANES) * LANES;
        hz = new float[width];
        cos = new float[width];
        sin = new float[width];
        share = new float[width];
        piece = new float[width];
        from = new float[harmonics * LANES];
        to = new float[harmonics * LANES];
        for (int n = 0; n < hop; n++) {
            share[n] = (float) n / hop;
        }
    }

    /**
     * Sums the harmonics.
     *
     * @param f0Hz for each clip, one value a control frame, in straight lines between them, the last one held
     * @param amplitudes linear, clip by frame by harmonic; likewise
     * @return clip by audio frame
     */
    public float[] forward(float[][] f0Hz, float[] amplitudes) {
        int frames = f0Hz[0].length;
        float[] out = new float[f0Hz.length * frames * hop];
        for (int clip = 0; clip < f0Hz.length; clip++) {
            cycles = 0;
            for (int frame = 0; frame < frames; frame++) {
                begin(f0Hz[clip], frame);
                int left = (clip * frames + frame) * harmonics;
                int right = frame + 1 < frames ? left + harmonics : left;
                for (int n = 0; n < width; n += LANES) {
                    sum(n, amplitudes, left, right);
                }
                System.arraycopy(piece, 0, out, (clip * frames + frame) * hop, hop);
            }
        }
        return out;
    }

    /**
     * Gradient by the amplitudes.
     *
     * @param f0Hz as forward
     * @param audioGradient of the loss by what {@code forward} returned
     * @return clip by frame by harmonic
     */
    public float[] backward(float[][] f0Hz, float[] audioGradient) {
        int frames = f0Hz[0].length;
        float[] gradient = new float[f0Hz.length * frames * harmonics];
        for (int clip = 0; clip < f0Hz.length; clip++) {
            cycles = 0;
            for (int frame = 0; frame < frames; frame++) {
                begin(f0Hz[clip], frame);
                System.arraycopy(audioGradient, (clip * frames + frame) * hop, piece, 0, hop);
                Arrays.fill(from, 0f);
                Arrays.fill(to, 0f);
                for (int n = 0; n < width; n += LANES) {
                    spread(n);
                }
                int left = (clip * frames + frame) * harmonics;
                int right = frame + 1 < frames ? left + harmonics : left;
                for (int k = 0; k < audible; k++) {
                    gradient[left + k] += sum(from, k * LANES);
                    gradient[right + k] += sum(to, k * LANES);
                }
            }
        }
        return gradient;
    }

    /** In a fixed order, unlike a vector's own reduction: a resumed training repeats the same numbers. */
    private static float sum(float[] lanes, int offset) {
        float sum = 0f;
        for (int lane = 0; lane < LANES; lane++) {
            sum += lanes[offset + lane];
        }
        return sum;
    }

    /** Phases of a control period, and which harmonics stay below Nyquist in all of it, or in some. */
    private void begin(float[] curve, int frame) {
        double start = curve[frame];
        double slope = (curve[Math.min(frame + 1, curve.length - 1)] - start) / hop;
        for (int n = 0; n < hop; n++) {
            hz[n] = (float) (start + slope * n);
            cycles += (start + slope * n) / sampleRateHz;
            cycles -= Math.floor(cycles);
            cos[n] = (float) Math.cos(2 * Math.PI * cycles);
            sin[n] = (float) Math.sin(2 * Math.PI * cycles);
        }
        double end = start + slope * hop;
        safe = below(Math.max(start, end));
        audible = below(Math.min(start, end));
    }

    private int below(double f0Hz) {
        return (int) Math.max(0, Math.min(harmonics, Math.ceil(sampleRateHz / 2 / f0Hz) - 1));
    }

    private void sum(int n, float[] amplitudes, int left, int right) {
        FloatVector c1 = FloatVector.fromArray(SPECIES, cos, n);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sin, n);
        FloatVector f0 = FloatVector.fromArray(SPECIES, hz, n);
        FloatVector c = c1;
        FloatVector s = s1;
        FloatVector before = FloatVector.zero(SPECIES);
        FloatVector after = before;
        for (int k = 0; k < audible; k++) {
            FloatVector heard = k < safe ? s : s.blend(0f, aliases(f0, k));
            before = heard.fma(FloatVector.broadcast(SPECIES, amplitudes[left + k]), before);
            after = heard.fma(FloatVector.broadcast(SPECIES, amplitudes[right + k]), after);
            FloatVector next = c.mul(c1).sub(s.mul(s1));
            s = s.fma(c1, c.mul(s1));
            c = next;
        }
        FloatVector t = FloatVector.fromArray(SPECIES, share, n);
        after.sub(before).fma(t, before).intoArray(piece, n);
    }

    private void spread(int n) {
        FloatVector c1 = FloatVector.fromArray(SPECIES, cos, n);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sin, n);
        FloatVector f0 = FloatVector.fromArray(SPECIES, hz, n);
        FloatVector gradient = FloatVector.fromArray(SPECIES, piece, n);
        FloatVector after = gradient.mul(FloatVector.fromArray(SPECIES, share, n));
        FloatVector before = gradient.sub(after);
        FloatVector c = c1;
        FloatVector s = s1;
        for (int k = 0; k < audible; k++) {
            FloatVector heard = k < safe ? s : s.blend(0f, aliases(f0, k));
            int at = k * LANES;
            heard.fma(before, FloatVector.fromArray(SPECIES, from, at)).intoArray(from, at);
            heard.fma(after, FloatVector.fromArray(SPECIES, to, at)).intoArray(to, at);
            FloatVector next = c.mul(c1).sub(s.mul(s1));
            s = s.fma(c1, c.mul(s1));
            c = next;
        }
    }

    private VectorMask<Float> aliases(FloatVector f0, int k) {
        return f0.mul(k + 1f).compare(VectorOperators.GE, (float) (sampleRateHz / 2));
    }
}
