package org.chanterelle.rt.dsp;

import java.util.Arrays;
import org.chanterelle.signal.RealTime;

/**
 * Changes the sample rate of a stream by a polyphase windowed sinc: flat to 0.91 of the lower rate's Nyquist frequency, more
 * than 90 dB down from that Nyquist frequency on. Any ratio; rates are taken to the nearest millihertz. Equal rates pass
 * unchanged and undelayed. Nothing is allocated after construction.
 */
public final class Resampler {
    /** Half length of the impulse response in frames of the lower rate; gives 0.09 Nyquist of transition at 96 dB. */
    private static final int HALF_WIDTH = 70;

    private static final double CUTOFF = 0.955;
    private static final double KAISER_BETA = 9.6;
    private static final int MAX_EXACT_PHASES = 512;
    private static final int CHUNK = 512;

    private final double fromHz;
    private final double toHz;
    private final long step;
    private final long unit;
    private final boolean identity;
    /** Whether every output falls on a row of the table; else neighbouring rows are interpolated. */
    private final boolean exact;

    private final int half;
    private final float[][] rows;
    private final float[] history;
    private int held;
    private long centre;
    private long fraction;

    /**
     * @param fromHz rate of the input
     * @param toHz rate of the output
     */
    public Resampler(double fromHz, double toHz) {
        if (!(fromHz > 0 && toHz > 0 && fromHz < 1e7 && toHz < 1e7)) {
            throw new IllegalArgumentException("resampling from " + fromHz + " to " + toHz + " Hz: expected positive rates");
        }
        this.fromHz = fromHz;
        this.toHz = toHz;
        long from = Math.round(fromHz * 1000);
        long to = Math.round(toHz * 1000);
        long divisor = greatestCommonDivisor(from, to);
        step = from / divisor;
        unit = to / divisor;
        identity = step == unit;
        exact = unit <= MAX_EXACT_PHASES;
        double cutoff = CUTOFF * Math.min(1.0, toHz / fromHz);
        half = identity ? 0 : (int) Math.ceil(HALF_WIDTH * Math.max(1.0, fromHz / toHz));
        rows = identity ? new float[0][] : table(exact ? (int) unit : MAX_EXACT_PHASES, half, cutoff);
        history = new float[2 * half + CHUNK];
        reset();
    }

    /** Time by which the output lags behind the input, constant. */
    public double latencySeconds() {
        return half / fromHz;
    }

    /** The most frames that {@link #process} can write for {@code inFrames} read. */
    public int maxOutput(int inFrames) {
        return (int) Math.ceil(inFrames * toHz / fromHz) + 1;
    }

    /** Forgets the past: as after construction. */
    @RealTime
    public void reset() {
        start(-half);
    }

    /** As {@link #reset}, but without delay: output frame 0 is input frame 0, and the end comes when {@link #tailFrames} more are read. */
    public void startAligned() {
        start(0);
    }

    /** Frames of silence that bring out the last frames after {@link #startAligned}. */
    public int tailFrames() {
        return identity ? 0 : 2 * half + (int) Math.ceil(fromHz / toHz) + 1;
    }

    /**
     * Reads {@code inFrames} frames and writes what they allow: output frame {@code n} since the start is the input at
     * {@code n / toHz - latencySeconds()}.
     *
     * @return frames written to {@code out}, at most {@link #maxOutput}
     */
    @RealTime
    public int process(float[] in, int inOffset, int inFrames, float[] out, int outOffset) {
        if (identity) {
            System.arraycopy(in, inOffset, out, outOffset, inFrames);
            return inFrames;
        }
        int written = 0;
        for (int done = 0; done < inFrames;) {
            int frames = Math.min(CHUNK, inFrames - done);
            System.arraycopy(in, inOffset + done, history, held, frames);
            held += frames;
            written += drain(out, outOffset + written);
            done += frames;
        }
        return written;
    }

    /**
     * Resamples a whole signal, delay removed.
     *
     * @return {@code round(in.length * toHz / fromHz)} frames; frame {@code n} is the input at {@code n / toHz}
     */
    public static float[] resample(float[] in, double fromHz, double toHz) {
        Resampler resampler = new Resampler(fromHz, toHz);
        if (resampler.identity) {
            return in.clone();
        }
        resampler.startAligned();
        int padding = resampler.tailFrames();
        float[] out = new float[resampler.maxOutput(in.length) + resampler.maxOutput(padding)];
        int written = resampler.process(in, 0, in.length, out, 0);
        resampler.process(new float[padding], 0, padding, out, written);
        return Arrays.copyOf(out, (int) Math.round(in.length * toHz / fromHz));
    }

    /** Begins with silence before input frame 0 and the first output at input frame {@code firstCentre}. */
    @RealTime
    private void start(int firstCentre) {
        Arrays.fill(history, 0f);
        held = 2 * half;
        centre = firstCentre + 2L * half;
        fraction = 0;
    }

    /** Writes all outputs whose kernel lies inside the history, then drops what none will need. */
    @RealTime
    private int drain(float[] out, int outOffset) {
        int written = 0;
        while (centre + half < held) {
            int first = (int) centre - half + 1;
            out[outOffset + written++] = exact ? dot(rows[(int) fraction], first) : interpolated(first);
            fraction += step;
            centre += fraction / unit;
            fraction %= unit;
        }
        int drop = (int) Math.min(held, Math.max(0, centre - half));
        if (drop > 0) {
            System.arraycopy(history, drop, history, 0, held - drop);
            held -= drop;
            centre -= drop;
        }
        return written;
    }

    @RealTime
    private float interpolated(int first) {
        double row = (double) fraction * MAX_EXACT_PHASES / unit;
        int below = (int) row;
        float share = (float) (row - below);
        float low = dot(rows[below], first);
        return low + share * (dot(rows[below + 1], first) - low);
    }

    @RealTime
    private float dot(float[] row, int first) {
        float a = 0f;
        float b = 0f;
        float c = 0f;
        float d = 0f;
        int k = 0;
        for (; k <= row.length - 4; k += 4) {
            a += row[k] * history[first + k];
            b += row[k + 1] * history[first + k + 1];
            c += row[k + 2] * history[first + k + 2];
            d += row[k + 3] * history[first + k + 3];
        }
        for (; k < row.length; k++) {
            a += row[k] * history[first + k];
        }
        return (a + b) + (c + d);
    }

    /** Row {@code p} holds the kernel for an output {@code p / phases} frames after the centre; one more row closes the circle. */
    private static float[][] table(int phases, int half, double cutoff) {
        float[][] rows = new float[phases + 1][2 * half];
        double[] kernel = new double[2 * half];
        for (int p = 0; p <= phases; p++) {
            double sum = 0;
            for (int k = 0; k < kernel.length; k++) {
                double x = k - half + 1 - (double) p / phases;
                kernel[k] = Kaiser.sinc(cutoff * x) * Kaiser.window(x / half, KAISER_BETA);
                sum += kernel[k];
            }
            for (int k = 0; k < kernel.length; k++) {
                rows[p][k] = (float) (kernel[k] / sum);
            }
        }
        return rows;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
